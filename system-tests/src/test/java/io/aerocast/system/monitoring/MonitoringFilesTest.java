package io.aerocast.system.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the dashboards, the rules and the runbook with each other and with the metric table, and runs the
/// unit tests of the rules if `promtool` is on the path.
class MonitoringFilesTest {

    private static final Path PROMETHEUS = Repository.ROOT.resolve("prometheus");
    private static final Path DASHBOARDS = Repository.ROOT.resolve("grafana/dashboards");
    private static final String RUNBOOK = "https://github.com/aerocast/aerocast/blob/main/docs/monitoring.md#";
    private static final Pattern NO_NAMES = Pattern.compile(
            "\"[^\"]*\"" // strings
                    + "|\\{[^}]*}" // matchers, once their strings are gone
                    + "|\\[[^]]*]" // ranges
                    + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
                    + "|\\boffset\\s+\\S+|\\$\\w+|\\b\\d\\S*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w*\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "by", "without", "on", "offset");

    private final Map<String, JsonNode> dashboards = dashboards();
    private final List<Map<String, Object>> rules = rules();

    MonitoringFilesTest() throws IOException {}

    @Test
    void theFiveDashboardsHaveDistinctNames() {
        assertThat(dashboards).hasSize(5);
        assertThat(dashboards.values())
                .extracting(d -> d.path("uid").asString())
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.startsWith("aerocast-"));
        assertThat(dashboards.values())
                .extracting(d -> d.path("title").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyPanelAsksAQuestionWithAUnitAndAnExplanation() {
        forEachDashboard((name, dashboard) -> {
            List<JsonNode> panels = panels(dashboard);
            assertThat(dashboard.path("panels").values())
                    .as(name)
                    .extracting(p -> p.path("id").asInt())
                    .doesNotHaveDuplicates();
            assertThat(panels)
                    .as(name)
                    .extracting(p -> p.path("title").asString())
                    .doesNotHaveDuplicates();
            assertThat(panels).isNotEmpty().allSatisfy(panel -> {
                String title = name + ": " + panel.path("title").asString();
                assertThat(title).endsWith("?");
                assertThat(panel.path("description").asString("")).as(title).hasSizeGreaterThan(20);
                assertThat(panel.at("/fieldConfig/defaults/unit").asString(""))
                        .as(title)
                        .isNotBlank();
                assertThat(panel.path("targets").values()).as(title).isNotEmpty();
            });
        });
    }

    @Test
    void panelsDoNotOverlap() {
        forEachDashboard((name, dashboard) -> {
            Set<String> taken = new TreeSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode at = panel.path("gridPos");
                assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = 0; x < at.path("w").asInt(); x++) {
                    for (int y = 0; y < at.path("h").asInt(); y++) {
                        String cell =
                                (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                        assertThat(taken.add(cell))
                                .as(name + ": " + panel.path("title") + " at " + cell)
                                .isTrue();
                    }
                }
            }
        });
    }

    @Test
    void theDataSourceIsAVariable() {
        forEachDashboard((name, dashboard) -> {
            assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
            assertThat(dashboard.findValues("datasource"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(
                            source -> assertThat(source.path("uid").asString()).isEqualTo("${datasource}"));
        });
    }

    @Test
    void ratesOfPanelsSpanFourScrapes() {
        forEachDashboard((name, dashboard) -> panels(dashboard)
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> assertThat(target.path("expr").asString())
                                .as(name)
                                .doesNotContainPattern("\\[\\d"))));
    }

    @Test
    void dashboardsLinkToThePageAndToTheRuns() {
        forEachDashboard((name, dashboard) -> assertThat(dashboard.path("links").values())
                .as(name)
                .extracting(link -> link.path("url").asString(""))
                .contains("${aerocast}", "${mlflow}"));
    }

    @Test
    void everyMetricOfADashboardOrARuleIsInTheTable() throws IOException {
        MetricTable table = MetricTable.read();
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> String.valueOf(rule.get("record")))
                .collect(Collectors.toSet());

        expressions()
                .forEach((where, expression) -> assertThat(names(expression))
                        .as("%s: %s", where, expression)
                        .isNotEmpty()
                        .allMatch(name ->
                                recorded.contains(name) || table.of(name).isPresent()));
    }

    @Test
    void labelsOfADashboardOrARuleAreInTheTable() throws IOException {
        MetricTable table = MetricTable.read();
        Set<String> added = Set.of("job", "instance", "le");

        expressions()
                .forEach((where, expression) -> Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)}")
                        .matcher(expression)
                        .results()
                        .forEach(selector -> table.of(selector.group(1))
                                .ifPresent(metric -> assertThat(labels(selector.group(2)))
                                        .as("%s: %s", where, selector.group())
                                        .allMatch(label -> added.contains(label)
                                                || metric.labels().contains(label)))));
    }

    @Test
    void everyAlertHasASeverityAndASectionOfTheRunbook() throws IOException {
        Set<String> sections = Files.readAllLines(Repository.document("monitoring.md")).stream()
                .filter(line -> line.startsWith("### AeroCast"))
                .map(line -> line.substring("### ".length()))
                .collect(Collectors.toSet());
        List<Map<String, Object>> alerts =
                rules.stream().filter(rule -> rule.containsKey("alert")).toList();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            String name = String.valueOf(alert.get("alert"));
            assertThat(map(alert.get("labels")).get("severity")).as(name).isIn("critical", "warning");
            Map<String, Object> annotations = map(alert.get("annotations"));
            assertThat(annotations).as(name).containsKeys("summary", "description");
            assertThat(annotations.get("runbook_url")).isEqualTo(RUNBOOK + name.toLowerCase(Locale.ROOT));
        });
        assertThat(sections)
                .isEqualTo(
                        alerts.stream().map(a -> String.valueOf(a.get("alert"))).collect(Collectors.toSet()));
    }

    @Test
    void promtoolAcceptsTheConfigurationAndTheRules() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool"))),
                "promtool is not on the PATH: Debian's package prometheus brings it");

        promtool("check", "config", "prometheus.yml");
        promtool(Stream.concat(Stream.of("test", "rules"), files("tests")).toArray(String[]::new));
    }

    @Test
    void everyAlertHasAUnitTest() throws IOException {
        String tests = "";
        for (String file : files("tests").toList()) {
            tests += Files.readString(PROMETHEUS.resolve(file));
        }

        assertThat(rules.stream()
                        .filter(rule -> rule.containsKey("alert"))
                        .map(rule -> "alertname: " + rule.get("alert")))
                .allMatch(tests::contains);
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
    }

    /// By dashboard and panel, annotation or rule.
    private Map<String, String> expressions() {
        Map<String, String> expressions = new LinkedHashMap<>();
        forEachDashboard((name, dashboard) -> {
            for (JsonNode panel : panels(dashboard)) {
                for (JsonNode target : panel.path("targets")) {
                    expressions.put(
                            "%s: %s %s"
                                    .formatted(
                                            name,
                                            panel.path("title").asString(),
                                            target.path("refId").asString()),
                            target.path("expr").asString());
                }
            }
            for (JsonNode annotation : dashboard.at("/annotations/list")) {
                expressions.put(
                        name + ": " + annotation.path("name").asString(),
                        annotation.path("expr").asString());
            }
        });
        for (Map<String, Object> rule : rules) {
            expressions.put(
                    String.valueOf(rule.getOrDefault("alert", rule.get("record"))), String.valueOf(rule.get("expr")));
        }
        return expressions;
    }

    private static Set<String> names(String expression) {
        String bare = expression;
        for (String before = ""; !before.equals(bare); ) {
            before = bare;
            bare = NO_NAMES.matcher(bare).replaceAll(" ");
        }
        return NAME.matcher(bare)
                .results()
                .map(m -> m.group())
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(String matchers) {
        return Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)")
                .matcher(matchers.replaceAll("\"[^\"]*\"", ""))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toSet());
    }

    private void forEachDashboard(BiConsumer<String, JsonNode> then) {
        dashboards.forEach(then);
    }

    private static List<JsonNode> panels(JsonNode dashboard) {
        return dashboard.path("panels").values().stream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    private static Map<String, JsonNode> dashboards() throws IOException {
        Map<String, JsonNode> dashboards = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                dashboards.put(
                        file.getFileName().toString(), JsonMapper.shared().readTree(Files.readString(file)));
            }
        }
        return dashboards;
    }

    private static List<Map<String, Object>> rules() throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (String file : files("rules").toList()) {
            Map<String, Object> document = map(new Yaml().load(Files.readString(PROMETHEUS.resolve(file))));
            for (Object group : (List<?>) document.get("groups")) {
                ((List<?>) map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
            }
        }
        return rules;
    }

    private static Stream<String> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(PROMETHEUS.resolve(directory))) {
            return files.map(file -> directory + "/" + file.getFileName()).sorted().toList().stream();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
