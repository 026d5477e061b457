package io.aerocast.api;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi.Reply;
import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// A broker that cannot be resolved, starts late, stops and starts again, and a service that restarts.
class LifecycleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pipeline SIM = PIPELINES.require("sim");
    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");
    private static final String REPORT =
            "{\"predicted\": 20, \"actual\": 22, \"pipeline\": \"sim\", \"station\": \"L1\"}";

    @Test
    void survivesBrokerOutagesAndContinuesAfterARestart(@TempDir Path directory) throws Exception {
        int port = freePort();
        ConfigurableApplicationContext service = start(port);
        assertThat(RunningApi.get(service, "/healthz").text("broker")).isEqualTo("away");
        assertThat(RunningApi.get(service, "/readyz").status()).isEqualTo(503);
        forecastsWithTheShippedModel(service);
        refusesReports(service);

        try (EmbeddedBroker _ = EmbeddedBroker.start(directory, port)) {
            awaitReady(service);
            publishModel(port, "first");
            awaitVersion(service, "first");
            observe(port, 0, 24);
            awaitReports(service, 1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(origins(port)).endsWith(23));

            closePromptly(service);

            observe(port, 24, 25);
            service = start(port);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(origins(port)).endsWith(24));
        }
        refusesReports(service);

        try (EmbeddedBroker _ = EmbeddedBroker.start(directory, port)) {
            publishModel(port, "second");
            awaitVersion(service, "second");
            observe(port, 25, 26);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(origins(port)).endsWith(25));
            assertThat(origins(port)).containsExactly(17, 18, 19, 20, 21, 22, 23, 24, 25);
            awaitReports(service, 2);
        }
        closePromptly(service);
    }

    @Test
    void servesWhileTheBrokerCannotBeResolved() {
        ConfigurableApplicationContext service = start("no-such-host.invalid:9092");

        assertThat(RunningApi.get(service, "/healthz").text("broker")).isEqualTo("away");
        assertThat(RunningApi.get(service, "/readyz").status()).isEqualTo(503);
        forecastsWithTheShippedModel(service);
        refusesReports(service);
        closePromptly(service);
    }

    /// Reports until a reply has a count: the station is known once its observations have been read.
    private static void awaitReports(ConfigurableApplicationContext service, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                RunningApi.post(service, "/eval", REPORT).number("count"))
                        .isEqualTo(count));
    }

    private static void closePromptly(ConfigurableApplicationContext service) {
        Instant before = Instant.now();
        service.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    /// The origins, in seconds, of the published forecasts in the order of their partition.
    private static List<Integer> origins(int port) {
        try (TestRecords records = records(port)) {
            return records.events(Topics.FORECASTS).stream()
                    .filter(f -> f.model().equals("gru"))
                    .map(Forecast::origin)
                    .map(origin -> (int) Duration.between(START, origin).toSeconds())
                    .toList();
        }
    }

    private static void observe(int port, int from, int to) {
        try (TestRecords records = records(port)) {
            for (int second = from; second < to; second++) {
                Observation observation =
                        new Observation("sim", "L1", START.plusSeconds(second), Map.of("temperature", 20.0));
                records.publish(
                        Topics.OBSERVATIONS.name(),
                        "L1",
                        Topics.OBSERVATIONS.codec().encode(observation));
            }
        }
    }

    private static void publishModel(int port, String version) {
        try (TestRecords records = records(port)) {
            records.publish(
                    Topics.MODELS.name(),
                    "sim/temperature/gru",
                    Topics.MODELS.codec().encode(TestModels.published(TestModels.gru(SIM, version, 1))));
        }
    }

    private static void awaitVersion(ConfigurableApplicationContext service, String version) {
        await().atMost(PATIENCE)
                .until(() -> RunningApi.get(service, "/healthz")
                        .body()
                        .at("/models/sim/temperature/gru")
                        .stringValue("")
                        .equals(version));
    }

    private static void awaitReady(ConfigurableApplicationContext service) {
        await().atMost(PATIENCE).until(() -> RunningApi.get(service, "/readyz").status() == 200);
    }

    private static void forecastsWithTheShippedModel(ConfigurableApplicationContext service) {
        String body = "{\"sequence\": %s, \"model\": \"gru\"}".formatted(Collections.nCopies(24, 20));
        assertThat(RunningApi.post(service, "/predict", body).status())
                .isEqualTo(ShippedModels.find("sim", "temperature", "gru").isPresent() ? 200 : 503);
    }

    private static void refusesReports(ConfigurableApplicationContext service) {
        Reply reply = RunningApi.post(service, "/eval", REPORT);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("title")).isEqualTo("Broker away");
        assertThat(reply.text("detail")).contains("was not counted");
    }

    private static TestRecords records(int port) {
        return new TestRecords("127.0.0.1:" + port);
    }

    private static ConfigurableApplicationContext start(int port) {
        return start("127.0.0.1:" + port);
    }

    private static ConfigurableApplicationContext start(String brokers) {
        return RunningApi.startService(
                brokers,
                "--spring.kafka.producer.properties.delivery.timeout.ms=2000",
                "--spring.kafka.producer.properties.request.timeout.ms=1000");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
