package io.aerocast.system.code;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No two source files of the project share a name, so that a class is found by its simple name alone.
class UniqueNamesTest {

    @Test
    void everySourceFileHasANameOfItsOwn() throws IOException {
        Map<String, List<Path>> byName = Repository.sources().stream()
                .collect(groupingBy(file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));

        assertThat(byName)
                .hasSizeGreaterThan(400)
                .allSatisfy((name, files) -> assertThat(files).as(name).hasSize(1));
    }
}
