package io.aerocast.system.code;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No two source files of the project share a name, so that a class is found by its simple name alone.
class UniqueNamesTest {

    private static final String SOURCES = "\\.\\./[a-z-]+/src/(main|test)/java/.*/[A-Z]\\w*\\.java";

    @Test
    void everySourceFileHasANameOfItsOwn() throws IOException {
        Map<String, List<Path>> byName = sources().stream()
                .collect(groupingBy(file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));

        assertThat(byName)
                .hasSizeGreaterThan(400)
                .allSatisfy((name, files) -> assertThat(files).as(name).hasSize(1));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files =
                Files.find(Repository.ROOT, 20, (path, _) -> path.toString().matches(SOURCES))) {
            return files.toList();
        }
    }
}
