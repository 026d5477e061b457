package io.aerocast.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the environment that the chart gives the services with the keys that their code reads.
class ChartEnvironmentTest {

    private static final List<String> SERVICES = List.of("api", "drift", "ingest", "trainer");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)");

    /// Names that MLflow's own clients read.
    private static final Set<String> OF_MLFLOW = Set.of(
            "MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN");

    private final HelmChart chart = new HelmChart();

    static Stream<Path> valueSets() throws IOException {
        return HelmChart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void setsOnlyWhatTheCodeReads(Path valueSet) throws IOException {
        Manifests manifests = chart.render(valueSet);
        Set<String> known = known();

        for (String service : SERVICES) {
            assertThat(names(manifests, service))
                    .as(service)
                    .contains("AEROCAST_BROKERS")
                    .allSatisfy(name -> assertThat(known).contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void setsEachNameOnce(Path valueSet) {
        Manifests manifests = chart.render(valueSet);

        manifests
                .pods()
                .forEach((pod, specification) -> Manifests.list(specification, "containers")
                        .forEach(container -> assertThat(Manifests.list(container, "env"))
                                .as(pod)
                                .extracting(variable -> variable.get("name"))
                                .doesNotHaveDuplicates()));
        for (String service : SERVICES) {
            assertThat(names(manifests, service)).as(service).doesNotHaveDuplicates();
        }
    }

    @Test
    void letsTheValuesOverrideTheChart() {
        Manifests manifests = chart.render(Map.of("drift.env.AEROCAST_TOPICS_RETENTION", "9d"));

        assertThat(manifests.config("aerocast-drift")).containsEntry("AEROCAST_TOPICS_RETENTION", "9d");
        assertThat(manifests.config("aerocast-api")).containsEntry("AEROCAST_TOPICS_RETENTION", "14d");
    }

    /// Numbers of a values file are floats; Helm would print 1e+06.
    @Test
    void writesLargeNumbersInFull() {
        Manifests manifests = chart.render(Map.of("api.env.AEROCAST_API_LIVE_WARMUP", 1_000_000));

        assertThat(manifests.config("aerocast-api")).containsEntry("AEROCAST_API_LIVE_WARMUP", "1000000");
    }

    @Test
    void givesTheTokenToEveryServiceAndToTheRoutineRetraining() {
        Manifests manifests = chart.render(Map.of("access.existingSecret", "mine", "access.token", ""));

        for (String service : SERVICES) {
            assertThat(environment(manifests, service)).as(service).anySatisfy(ChartEnvironmentTest::isTheToken);
        }
        Map<String, Object> job = Manifests.at(
                manifests.named("CronJob", "aerocast-routine-retrain"), "spec", "jobTemplate", "spec", "template");
        assertThat(Manifests.list(Manifests.at(job, "spec"), "containers"))
                .singleElement()
                .satisfies(container ->
                        assertThat(Manifests.list(container, "env")).anySatisfy(ChartEnvironmentTest::isTheToken));
    }

    private static void isTheToken(Map<String, Object> variable) {
        assertThat(Manifests.at(variable, "valueFrom", "secretKeyRef"))
                .isEqualTo(Map.of("name", "mine", "key", "token"));
    }

    @Test
    void keepsTheNamesInTheClusterIfNamesAreRestricted() {
        assertThat(chart.render(Map.of()).config("aerocast-api")).doesNotContainKey("AEROCAST_ACCESS_HOSTS");

        Manifests manifests = chart.render(Map.of(
                "access.hosts[0]", "weather.example.org",
                "api.ingress.enabled", true,
                "api.ingress.host", "api.example.org"));

        assertThat(String.valueOf(manifests.config("aerocast-trainer").get("AEROCAST_ACCESS_HOSTS"))
                        .split(","))
                .contains(
                        "weather.example.org",
                        "api.example.org",
                        "aerocast-api",
                        "aerocast-trainer.aerocast.svc.cluster.local");
    }

    @Test
    void refusesAnIssuerWithoutAnAudience() {
        assertThatThrownBy(() -> chart.render(Map.of("access.issuer", "https://id.example.org")))
                .hasMessageContaining("access.issuer needs access.audience");
    }

    @Test
    void givesEveryKafkaClientTheLogin() {
        Manifests manifests = chart.render(HelmChart.DIRECTORY.resolve("ci/external-kafka-values.yaml"));

        for (String service : SERVICES) {
            KafkaProperties kafka = bind(manifests, service);
            assertThat(List.of(
                            kafka.buildProducerProperties(),
                            kafka.buildConsumerProperties(),
                            kafka.buildAdminProperties(),
                            kafka.buildStreamsProperties()))
                    .as(service)
                    .allSatisfy(client -> assertThat(client)
                            .containsEntry(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL")
                            .containsEntry(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512")
                            .containsEntry(SaslConfigs.SASL_JAAS_CONFIG, "sasl.jaas.config of aerocast-user")
                            .containsEntry(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM")
                            .containsEntry(
                                    SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, "ca.crt of main-cluster-ca-cert"));
        }
    }

    private static KafkaProperties bind(Manifests manifests, String service) {
        Map<String, Object> variables = new HashMap<>(manifests.config("aerocast-" + service));
        for (Map<String, Object> variable : environment(manifests, service)) {
            Map<String, Object> secret = Manifests.at(variable, "valueFrom", "secretKeyRef");
            variables.put(
                    String.valueOf(variable.get("name")), "%s of %s".formatted(secret.get("key"), secret.get("name")));
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("chart-systemEnvironment", variables));
        return Binder.get(environment).bindOrCreate("spring.kafka", KafkaProperties.class);
    }

    private static List<String> names(Manifests manifests, String service) {
        List<String> names =
                new ArrayList<>(manifests.config("aerocast-" + service).keySet());
        environment(manifests, service).forEach(variable -> names.add(String.valueOf(variable.get("name"))));
        return names;
    }

    private static List<Map<String, Object>> environment(Manifests manifests, String service) {
        Map<String, Object> pod = manifests.pods().get("aerocast-" + service);
        return Manifests.list(Manifests.list(pod, "containers").getFirst(), "env");
    }

    /// Keys of the configuration records, of Spring for Kafka, and the placeholders of the services' own files.
    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(OF_MLFLOW);
        known.addAll(List.of("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG"));
        for (String text : resources("META-INF/spring-configuration-metadata.json")) {
            for (JsonNode key : JsonMapper.shared().readTree(text).path("properties")) {
                known.add(variable(key.path("name").asString()));
            }
        }
        for (String file :
                List.of("aerocast-base", "api-service", "drift-service", "ingest-service", "trainer-service")) {
            for (String text : resources(file + ".yml")) {
                PLACEHOLDER.matcher(text).results().forEach(found -> known.add(found.group(1)));
            }
        }
        return known;
    }

    /// `aerocast.ingest.landing.max-rows` as `AEROCAST_INGEST_LANDING_MAXROWS`.
    private static String variable(String key) {
        return key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static List<String> resources(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (URL url :
                Collections.list(ChartEnvironmentTest.class.getClassLoader().getResources(name))) {
            try (InputStream in = url.openStream()) {
                texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
