package io.aerocast.system.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares `docs/api.md` with the OpenAPI document.
class ApiPageTest {

    private static final Pattern HEADING = Pattern.compile("(GET|POST|DELETE) (/v1/[^\\s,`?]+)");

    private static String page;
    private static JsonNode paths;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Repository.document("api.md"));
        try (InputStream in = ApiPageTest.class.getResourceAsStream("/io/aerocast/api/openapi/openapi.json")) {
            paths = JsonMapper.shared().readTree(in).path("paths");
        }
    }

    @Test
    void describesEveryPath() {
        List<String> headings =
                page.lines().filter(line -> line.startsWith("## ")).toList();
        for (String path : paths.propertyNames()) {
            for (String method : paths.path(path).propertyNames()) {
                String operation = method.toUpperCase(Locale.ROOT) + " "
                        + (path.startsWith("/v1/") || path.equals("/healthz") ? path : "/v1" + path);
                assertThat(headings).as(operation).anyMatch(heading -> (heading + ",").contains(operation + ","));
            }
        }
    }

    @Test
    void describesNoPathThatIsNotThere() {
        TreeSet<String> unknown = new TreeSet<>();
        HEADING.matcher(page).results().forEach(found -> {
            JsonNode operation = paths.path(found.group(2)).path(found.group(1).toLowerCase(Locale.ROOT));
            if (operation.isMissingNode() && !found.group(2).equals("/v1/openapi.json")) {
                unknown.add(found.group());
            }
        });
        assertThat(unknown).isEmpty();
    }
}
