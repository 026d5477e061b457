package io.aerocast.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// Checks the chart against Helm's own rules, the restricted Pod Security Standard, and the rest of the repository.
class ChartTest {

    private final HelmChart chart = new HelmChart();

    static Stream<Path> valueSets() throws IOException {
        return HelmChart.valueSets();
    }

    @Test
    void lintsWithoutAFinding() {
        assertThat(chart.lint())
                .satisfies(result -> assertThat(result.isFailed())
                        .as(String.valueOf(result.getMessages()))
                        .isFalse());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void rendersEveryObjectOnce(Path valueSet) {
        assertThat(chart.render(valueSet).names())
                .doesNotHaveDuplicates()
                .contains(
                        "Deployment aerocast-api",
                        "Deployment aerocast-drift",
                        "StatefulSet aerocast-ingest",
                        "StatefulSet aerocast-trainer");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void runsEveryPodRestricted(Path valueSet) {
        assertThat(chart.render(valueSet).pods()).isNotEmpty().allSatisfy((name, pod) -> {
            assertThat(pod)
                    .as(name)
                    .containsEntry("automountServiceAccountToken", false)
                    .doesNotContainKeys("hostNetwork", "hostPID", "hostIPC");
            assertThat(Manifests.at(pod, "securityContext"))
                    .as(name)
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            assertThat(Manifests.list(pod, "containers")).as(name).isNotEmpty().allSatisfy(container -> {
                assertThat(Manifests.at(container, "securityContext"))
                        .containsEntry("allowPrivilegeEscalation", false)
                        .containsEntry("readOnlyRootFilesystem", true)
                        .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
                assertThat(Manifests.at(container, "resources")).containsKeys("requests", "limits");
            });
        });
    }

    /// Otherwise Kubernetes would set `AEROCAST_API_PORT=tcp://…` for a service of this name, and that is the api's
    /// own key.
    @ParameterizedTest
    @MethodSource("valueSets")
    void keepsKubernetesFromAddingEnvironment(Path valueSet) {
        assertThat(chart.render(valueSet).pods())
                .allSatisfy((name, pod) -> assertThat(pod).as(name).containsEntry("enableServiceLinks", false));
    }

    @Test
    void probesTheServicesWhereTheyAnswer() {
        Manifests manifests = chart.render(Map.of());
        Map<String, Integer> ports = Map.of("api", 8000, "ingest", 8001, "trainer", 8002, "drift", 8003);

        ports.forEach((part, port) -> {
            Map<String, Object> container = Manifests.list(manifests.pods().get("aerocast-" + part), "containers")
                    .getFirst();
            assertThat(Manifests.list(container, "ports").getFirst()).containsEntry("containerPort", port);
            assertThat(Manifests.at(container, "livenessProbe", "httpGet")).containsEntry("path", "/livez");
            assertThat(Manifests.at(container, "readinessProbe", "httpGet")).containsEntry("path", "/readyz");
            assertThat(port(manifests, "aerocast-" + part)).isEqualTo(port);
        });
        assertThat(port(manifests, "aerocast-grafana")).isEqualTo(3000);
        assertThat(port(manifests, "aerocast-prometheus")).isEqualTo(9090);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void neverScalesADeploymentTwice(Path valueSet) {
        Manifests manifests = chart.render(valueSet);
        List<String> scaled = Stream.concat(
                        manifests.ofKind("HorizontalPodAutoscaler"), manifests.ofKind("ScaledObject"))
                .map(object -> String.valueOf(
                        Manifests.at(object, "spec", "scaleTargetRef").get("name")))
                .toList();

        assertThat(scaled)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(Manifests.at(manifests.named("Deployment", name), "spec"))
                        .doesNotContainKey("replicas"));
    }

    @Test
    void showsTheDashboardsAndRulesOfTheRepository() throws IOException {
        Manifests manifests = chart.render(Map.of());

        for (Path dashboard : files("grafana/dashboards", ".json")) {
            String file = dashboard.getFileName().toString();
            assertThat(manifests.config("aerocast-grafana-dashboard-" + file.replace(".json", "")))
                    .containsExactly(Map.entry(file, Files.readString(dashboard)));
        }
        Map<String, Object> rules = manifests.config("aerocast-prometheus-rules");
        for (Path rule : files("prometheus/rules", ".yml")) {
            assertThat(rules).containsEntry(rule.getFileName().toString(), Files.readString(rule));
        }
    }

    /// The groups of one PrometheusRule need distinct names.
    @Test
    void givesTheSameRulesToThePrometheusOperator() throws IOException {
        Manifests manifests = chart.render(Map.of("serviceMonitors.enabled", true));

        for (Path rule : files("prometheus/rules", ".yml")) {
            String name = "aerocast-" + rule.getFileName().toString().replace(".yml", "");
            Map<String, Object> file = new Yaml().load(Files.readString(rule));
            List<Map<String, Object>> groups = Manifests.list(file, "groups");

            assertThat(Manifests.list(Manifests.at(manifests.named("PrometheusRule", name), "spec"), "groups"))
                    .isEqualTo(groups);
            assertThat(groups).extracting(group -> group.get("name")).doesNotHaveDuplicates();
        }
    }

    /// Rules and dashboards select by `job`.
    @Test
    void scrapesUnderTheJobsOfTheRepository() throws IOException {
        String inCluster = String.valueOf(
                chart.render(Map.of()).config("aerocast-prometheus").get("prometheus.yml"));
        String elsewhere = Files.readString(Repository.ROOT.resolve("prometheus/prometheus.yml"));

        assertThat(jobs(inCluster)).containsAll(jobs(elsewhere));
    }

    @Test
    void givesPrometheusTheTokenIfReadingTakesIt() {
        Manifests manifests = chart.render(Map.of("access.reading", "token", "serviceMonitors.enabled", true));

        Map<String, Object> config = new Yaml()
                .load(String.valueOf(manifests.config("aerocast-prometheus").get("prometheus.yml")));
        assertThat(Manifests.list(config, "scrape_configs"))
                .filteredOn(job -> String.valueOf(job.get("job_name")).startsWith("aerocast-"))
                .hasSize(4)
                .allSatisfy(job -> assertThat(Manifests.at(job, "authorization"))
                        .containsEntry("credentials_file", "/etc/prometheus/access/token"));
        assertThat(Manifests.list(manifests.pods().get("aerocast-prometheus"), "volumes"))
                .anySatisfy(volume ->
                        assertThat(Manifests.at(volume, "secret")).containsEntry("secretName", "aerocast-access"));
        assertThat(Manifests.list(Manifests.at(manifests.named("ServiceMonitor", "aerocast-api"), "spec"), "endpoints"))
                .allSatisfy(endpoint -> assertThat(Manifests.at(endpoint, "authorization", "credentials"))
                        .containsEntry("name", "aerocast-access"));
    }

    @Test
    void runsTheVersionThatIsBuilt() throws IOException {
        Map<String, Object> description = new Yaml().load(Files.readString(HelmChart.DIRECTORY.resolve("Chart.yaml")));
        String pom = Files.readString(Repository.ROOT.resolve("pom.xml"));

        assertThat(pom).containsPattern("<version>%s(-SNAPSHOT)?</version>".formatted(description.get("appVersion")));
    }

    @Test
    void replacesPodsWhenTheConfigurationChanges() {
        Map<String, Object> before = podAnnotations(chart.render(Map.of()));
        Map<String, Object> after = podAnnotations(chart.render(Map.of("kafka.topics.retention", "9d")));

        assertThat(after.get("checksum/config")).isNotNull().isNotEqualTo(before.get("checksum/config"));
    }

    /// Links must be resolved in the archive; test files of the repository must stay out of it.
    @Test
    void packagesDashboardsRulesAndTheTestOfTheRelease(@TempDir Path directory) throws IOException {
        Path archive = chart.packageInto(directory);

        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(
                            "aerocast/templates/tests/api.yaml",
                            "aerocast/files/dashboards/loop.json",
                            "aerocast/files/rules/alerts.yml")
                    .doesNotContain("aerocast/ci/", "aerocast/tests/");
        }
    }

    @Test
    void refusesAnUnknownValue() {
        assertThatThrownBy(() -> chart.render(Map.of("api.replica", 3))).hasMessageContaining("replica");
    }

    @Test
    void refusesMoreDriftReplicasThanPartitions() {
        assertThatThrownBy(() -> chart.render(Map.of("drift.replicas", 4)))
                .hasMessageContaining("4 replicas")
                .hasMessageContaining("3 partitions");
    }

    @Test
    void refusesAWellKnownPassword() {
        assertThatThrownBy(() -> chart.render(Map.of("grafana.adminPassword", "admin")))
                .hasMessageContaining("adminPassword");
    }

    private static Map<String, Object> podAnnotations(Manifests manifests) {
        return Manifests.at(
                manifests.named("Deployment", "aerocast-api"), "spec", "template", "metadata", "annotations");
    }

    private static int port(Manifests manifests, String service) {
        Map<String, Object> spec = Manifests.at(manifests.named("Service", service), "spec");
        return (int) Manifests.list(spec, "ports").getFirst().get("port");
    }

    private static List<Path> files(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve(directory))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static List<String> jobs(String prometheus) {
        List<String> jobs = new ArrayList<>();
        Map<String, Object> config = new Yaml().load(prometheus);
        for (Map<String, Object> job : Manifests.list(config, "scrape_configs")) {
            jobs.add(String.valueOf(job.get("job_name")));
        }
        return jobs;
    }
}
