package io.aerocast.system.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the tables of `docs/configuration.md` with the configuration records: every key once, with its type,
/// default and meaning, which the build takes from the Javadoc of the records.
class ConfigurationTableTest {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Test
    void theDocumentHasEveryKeyOfTheCode() throws IOException {
        new GeneratedSection("configuration.md", "keys").matches(tables(keys()));
    }

    @Test
    void everyKeyIsDocumented() throws IOException {
        assertThat(keys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.path("description").asString())
                        .as(name(key))
                        .isNotBlank());
    }

    private static List<JsonNode> keys() throws IOException {
        Map<String, JsonNode> byName = new TreeMap<>();
        for (URL url :
                Collections.list(ConfigurationTableTest.class.getClassLoader().getResources(METADATA))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode key : JsonMapper.shared().readTree(in).path("properties")) {
                    if (name(key).startsWith("aerocast.")) {
                        assertThat(byName.put(name(key), key)).as(name(key)).isNull();
                    }
                }
            }
        }
        return new ArrayList<>(byName.values());
    }

    private static String tables(List<JsonNode> keys) {
        StringBuilder tables = new StringBuilder();
        String group = "";
        for (JsonNode key : keys) {
            if (!group(key).equals(group)) {
                group = group(key);
                tables.append("\n### `")
                        .append(group)
                        .append("`\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
            }
            tables.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            name(key).substring(group.length() + 1),
                            simple(key.path("type").asString()),
                            key.has("defaultValue")
                                    ? "`" + key.path("defaultValue").asString() + "`"
                                    : "none",
                            key.path("description").asString().replace("|", "\\|")));
        }
        return tables.append('\n').toString();
    }

    private static String name(JsonNode key) {
        return key.path("name").asString();
    }

    private static String group(JsonNode key) {
        return name(key).substring(0, name(key).lastIndexOf('.'));
    }

    /// `java.util.List<java.lang.String>` as `List<String>`.
    private static String simple(String type) {
        String name = type.replaceAll("[a-z]+\\.|[A-Za-z]+\\$", "");
        return name.contains("<") ? "`" + name + "`" : name;
    }
}
