package io.aerocast.system.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/architecture.md` consistent with the code and with `README.md`.
class ArchitecturePageTest {

    private static final Path PAGE = Repository.document("architecture.md");
    private static final Pattern FLOW = Pattern.compile("(?s)```mermaid\nflowchart.*?\n```\n");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Start reading here\n.*?(?=\n## )");
    private static final Pattern CLASS = Pattern.compile("\\[`(\\w+)`](?!: \\.\\./)");
    private static final Pattern PACKAGES =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `([a-z0-9]+(?:`, `[a-z0-9]+)*)` \\|$");
    private static final Pattern LINK = Pattern.compile("(?m)^\\[`(\\w+)`]: (.+)$");

    @Test
    void theReadmeHasTheSameFlowDiagram() throws IOException {
        assertThat(only(FLOW, Repository.ROOT.resolve("README.md"))).isEqualTo(only(FLOW, PAGE));
    }

    @Test
    void everyClassOfTheReadersPathLinksToItsSource() throws IOException {
        String section = only(SECTION, PAGE);
        Map<String, String> links =
                LINK.matcher(section).results().collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
        Set<String> classes =
                CLASS.matcher(section).results().map(m -> m.group(1)).collect(Collectors.toSet());

        assertThat(classes).isNotEmpty().isEqualTo(links.keySet());
        assertThat(links)
                .allSatisfy((name, link) -> assertThat(PAGE.resolveSibling(link).normalize())
                        .isRegularFile()
                        .hasFileName(name + ".java"));
    }

    @Test
    void thePackageTableListsEveryPackage() throws IOException {
        Map<String, Set<String>> listed = PACKAGES.matcher(Files.readString(PAGE))
                .results()
                .collect(
                        Collectors.toMap(m -> m.group(1), m -> Set.of(m.group(2).split("`, `"))));

        assertThat(listed).isNotEmpty();
        for (String module : listed.keySet()) {
            assertThat(leafPackages(Repository.ROOT.resolve(module))).as(module).isEqualTo(listed.get(module));
        }
    }

    /// Names of the packages that contain classes and no other package.
    private static Set<String> leafPackages(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve(Path.of("src", "main", "java")))) {
            Set<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toSet());
            return packages.stream()
                    .filter(p -> packages.stream().noneMatch(other -> p.equals(other.getParent())))
                    .map(p -> p.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static String only(Pattern pattern, Path file) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        assertThat(matcher.results()).as("%s in %s", pattern, file).hasSize(1);
        return matcher.reset().results().map(MatchResult::group).findFirst().orElseThrow();
    }
}
