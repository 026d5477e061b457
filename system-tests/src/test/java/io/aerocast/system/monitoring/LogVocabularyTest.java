package io.aerocast.system.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares the vocabulary of `docs/observability.md` with the keys that the code logs.
class LogVocabularyTest {

    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| [^|]+ \\|$");

    @Test
    void theDocumentHasEveryKeyThatIsLogged() throws IOException {
        String document = Files.readString(Repository.document("observability.md"));
        String vocabulary = document.substring(document.indexOf("## Logs"));

        assertThat(ROW.matcher(vocabulary).results().map(m -> m.group(1)).collect(Collectors.toSet()))
                .isEqualTo(logged());
    }

    private static Set<String> logged() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.find(
                Repository.ROOT, 20, (path, _) -> path.toString().matches("\\.\\./[a-z-]+/src/main/java/.*\\.java"))) {
            for (Path file : files.toList()) {
                KEY.matcher(Files.readString(file)).results().forEach(m -> keys.add(m.group(1)));
            }
        }
        return keys;
    }
}
