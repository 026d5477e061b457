package io.aerocast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.DeadLetter;
import io.aerocast.event.Topics;
import io.aerocast.ingest.source.SourceStatus;
import io.aerocast.ingest.source.SourceStatus.State;
import io.aerocast.ingest.source.Sources;
import io.aerocast.lake.LandedObservation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class SourcesTest extends BrokerTest {

    private static final String SIMULATE = "--aerocast.ingest.simulator.enabled=true";
    private static final String REPLAY = "--aerocast.ingest.replay.enabled=true";

    @Test
    void replaysAFileToItsEndOnlyOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), """
                station,ts,temperature,windspeed,pressure
                KJFK,2013-01-01T06:00:00Z,3.90,5.66,1012.6
                KJFK,2013-01-01T07:00:00Z,M,5.14,1012.4
                KJFK,2013-01-01T08:00:00Z,4.40,6.69,101270
                KJFK,2013-01-01T18:00:00Z,3.30,6.69,
                """);
        String[] arguments = {REPLAY, "--aerocast.ingest.replay.file=" + file, "--aerocast.ingest.replay.interval=1ms"};

        for (int start = 0; start < 2; start++) {
            try (ConfigurableApplicationContext service = bench.start(arguments)) {
                awaitState(service, new SourceStatus("replay", State.FINISHED, 4, null));
                bench.awaitLanded("noaa", 2);
                if (start == 0) {
                    assertThat(Bench.get(service, "/metrics"))
                            .contains(
                                    "aerocast_observations_total{outcome=\"accepted\",pipeline=\"noaa\",source=\"replay\"} 2.0")
                            .contains(
                                    "aerocast_observations_total{outcome=\"rejected\",pipeline=\"noaa\",source=\"replay\"} 2.0")
                            .contains("aerocast_missing_readings_total{feature=\"pressure\",pipeline=\"noaa\"} 1.0")
                            .contains("aerocast_source_position{source=\"replay\"} 4.0");
                    assertThat(Bench.get(service, "/healthz"))
                            .contains("\"sources\":{\"replay\":{\"state\":\"finished\",\"position\":4}}");
                }
            }
        }

        assertThat(bench.landed("noaa").stream()
                        .map(LandedObservation::observation)
                        .map(o -> o.timestamp() + " " + o.readings()))
                .containsExactly(
                        "2013-01-01T06:00:00Z {pressure=1012.6, temperature=3.9, windspeed=5.66}",
                        "2013-01-01T18:00:00Z {temperature=3.3, windspeed=6.69}");
        assertThat(bench.query("count(*) FILTER (pressure IS NULL)", "noaa")).isEqualTo(1);
        assertThat(bench.read(Topics.OBSERVATIONS.name()).stream().map(ConsumerRecord::key))
                .containsExactly("KJFK", "KJFK");
        assertThat(bench.deadLetters().stream()
                        .map(l -> Bench.origin(l) + ": " + Bench.header(l, DeadLetter.REASON) + ": "
                                + new String(l.value(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder(
                        "replay a.csv:3: expected a number for temperature, found 'M': KJFK,2013-01-01T07:00:00Z,M,5.14,1012.4",
                        "replay a.csv:4: pressure 101270.0 is outside 870.0..1085.0 hPa (noaa): KJFK,2013-01-01T08:00:00Z,4.40,6.69,101270");
        assertThat(bench.deadLetters().stream()
                        .map(letter -> letter.headers().lastHeader(DeadLetter.OBSERVATION))
                        .filter(Objects::nonNull)
                        .map(header -> Topics.OBSERVATIONS.codec().decode(header.value())))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.timestamp()).isEqualTo(Instant.parse("2013-01-01T08:00:00Z"));
                    assertThat(refused.readings()).containsEntry("pressure", 101270.0);
                });
    }

    @Test
    void theShippedYearLandsCompletely() throws Exception {
        try (ConfigurableApplicationContext service = bench.start(REPLAY, "--aerocast.ingest.replay.interval=0ms")) {
            awaitState(service, new SourceStatus("replay", State.FINISHED, 8_706, null));
            bench.awaitLanded("noaa", 8_706);
        }
        assertThat(bench.query("count(*)", "noaa")).isEqualTo(8_706);
        assertThat(bench.query("count(DISTINCT ts)", "noaa")).isEqualTo(8_706);
        assertThat(bench.query("count(*) - count(pressure)", "noaa")).isEqualTo(831);
        assertThat(bench.query("count(DISTINCT filename)", "noaa")).isLessThan(60);
    }

    @Test
    void theSimulatorContinuesWhereItWasStopped() throws Exception {
        long first = simulate(200);
        long second = simulate(first + 200);

        List<Instant> times = times();
        assertThat(second).isGreaterThan(first);
        assertThat(times).hasSize((int) second).isEqualTo(steps(second));
    }

    @Test
    void theWeatherAndTheSensorOfTheSimulatorChangeOverHttp() throws Exception {
        try (ConfigurableApplicationContext service =
                bench.start(SIMULATE, "--aerocast.ingest.simulator.interval=2ms")) {
            assertThat(Bench.get(service, "/simulators"))
                    .contains("\"station\":\"SIM-1\"", "\"weather\":\"calm\"", "\"clock-shift\"")
                    .doesNotContain("\"fault\":");

            assertThat(Bench.post(service, "/simulators/SIM-1", "{\"weather\": \"heatwave\", \"fault\": \"stuck\"}")
                            .body())
                    .contains("\"weather\":\"heatwave\"", "\"fault\":\"stuck\"");
            assertThat(Bench.post(service, "/simulators/SIM-1", "{\"fault\": \"none\"}")
                            .body())
                    .contains("\"weather\":\"heatwave\"")
                    .doesNotContain("\"fault\":");

            HttpResponse<String> unknown = Bench.post(service, "/simulators/SIM-1", "{\"weather\": \"fog\"}");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("Field 'weather': expected one of calm, heatwave");
            assertThat(Bench.post(service, "/simulators/SIM-2", "{}").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void withoutTheSimulatorThereIsNoneToChange() throws Exception {
        try (ConfigurableApplicationContext service = bench.start()) {
            assertThat(Bench.get(service, "/simulators")).isEqualTo("{\"simulators\":[]}");
            assertThat(Bench.post(service, "/simulators/SIM-1", "{\"weather\": \"calm\"}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void anOutageOfTheBrokerLosesNoObservation() throws Exception {
        int port = broker.port();
        try (ConfigurableApplicationContext service = bench.start(
                SIMULATE, "--aerocast.ingest.simulator.interval=2ms", "--aerocast.ingest.sources.max-in-flight=16")) {
            awaitPosition(service, 200);
            broker.close();
            long before = position(service);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> position(service) <= before + 16);
            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
            awaitPosition(service, before + 500);
        }
        List<Instant> times = times();
        assertThat(times.stream().distinct())
                .containsExactlyElementsOf(steps(times.stream().distinct().count()));
        assertThat(times).doesNotHaveDuplicates();
    }

    @Test
    void waitsForAMissingBrokerAndStopsPromptlyWithoutIt() throws Exception {
        broker.close();
        long started = System.nanoTime();
        ConfigurableApplicationContext service = bench.start(SIMULATE);
        assertThat(Bench.get(service, "/healthz"))
                .contains("\"simulator\":{\"state\":\"waiting\",\"position\":0}")
                .contains("\"landing\":{\"state\":\"waiting\"");
        long closing = System.nanoTime();
        service.close();
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(5));
        assertThat(started).isLessThan(closing);
    }

    @Test
    void stopsPromptlyDuringAnOutageOfTheBroker() throws Exception {
        ConfigurableApplicationContext service = bench.start(SIMULATE, "--aerocast.ingest.simulator.interval=5ms");
        awaitPosition(service, 50);
        broker.close();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);

        long closing = System.nanoTime();
        service.close();

        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anInvalidSourceStopsTheStart() {
        assertThatThrownBy(() -> bench.start(REPLAY, "--aerocast.ingest.replay.file=/none.csv"))
                .hasStackTraceContaining("Cannot replay /none.csv (aerocast.ingest.replay.file)");
        assertThatThrownBy(() -> bench.start(SIMULATE, "--aerocast.ingest.simulator.pipeline=mars"))
                .hasStackTraceContaining("Unknown pipeline 'mars' (known: noaa, sim)");
        assertThatThrownBy(() -> bench.start("--aerocast.ingest.simulator.calm-step=5"))
                .hasStackTraceContaining("calm-step");
    }

    private long simulate(long atLeast) throws Exception {
        try (ConfigurableApplicationContext service =
                bench.start(SIMULATE, "--aerocast.ingest.simulator.interval=1ms")) {
            awaitPosition(service, atLeast);
        }
        return Long.parseLong(Files.readString(directory.resolve("positions/simulator-sim-SIM-1"))
                .strip());
    }

    private List<Instant> times() {
        return bench.read(Topics.OBSERVATIONS.name()).stream()
                .map(r -> Topics.OBSERVATIONS.codec().decode(r.value()).timestamp())
                .toList();
    }

    private static List<Instant> steps(long count) {
        return LongStream.range(0, count)
                .mapToObj(Instant.parse("2020-01-01T00:00:00Z")::plusSeconds)
                .toList();
    }

    private static void awaitState(ConfigurableApplicationContext service, SourceStatus status) {
        await().atMost(Bench.TIMEOUT)
                .untilAsserted(() ->
                        assertThat(service.getBean(Sources.class).status()).containsExactly(status));
    }

    private static void awaitPosition(ConfigurableApplicationContext service, long position) {
        await().atMost(Bench.TIMEOUT).until(() -> position(service) >= position);
    }

    private static long position(ConfigurableApplicationContext service) {
        return service.getBean(Sources.class).status().getFirst().position();
    }
}
