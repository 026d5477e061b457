package io.aerocast.drift.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.drift.DriftService;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ModelKinds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// Runs the service against a real broker. Restarts of the service and of the broker in mid-stream do not change
/// the alarms.
class RestartTest {

    private static final int HOURS = 900;
    private static final int PER_HOUR = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final List<Integer> HORIZONS =
            IntStream.rangeClosed(1, 24).boxed().toList();

    private final Random random = new Random(17);
    private final List<Observation> observations = new ArrayList<>();

    /// By origin: two features, by two kinds of model each.
    private final List<List<Forecast>> forecasts = new ArrayList<>();

    /// Normal errors for 600 hours, forecasts of the temperature that are two degrees too low for 100, and normal
    /// errors again.
    RestartTest() {
        double[] temperature = new double[HOURS + 24];
        double[] wind = new double[HOURS + 24];
        for (int hour = 0; hour < temperature.length; hour++) {
            temperature[hour] = 20 + 3 * Math.sin(hour / 4.0) + 0.3 * random.nextGaussian();
            wind[hour] = 5 + Math.sin(hour / 6.0) + 0.3 * random.nextGaussian();
        }
        for (int hour = 0; hour < HOURS; hour++) {
            observations.add(new Observation(
                    "noaa",
                    "KJFK",
                    at(hour).minusSeconds(540),
                    Map.of("temperature", temperature[hour], "windspeed", wind[hour])));
            double bias = hour >= 600 && hour < 700 ? 2 : 0;
            forecasts.add(List.of(
                    forecast("temperature", ModelKinds.BLEND, hour, temperature, bias),
                    forecast("temperature", "gru", hour, temperature, bias),
                    forecast("windspeed", ModelKinds.BLEND, hour, wind, 0),
                    forecast("windspeed", "gru", hour, wind, 0)));
        }
    }

    private static Instant at(int hour) {
        return Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
    }

    private Forecast forecast(String feature, String model, int origin, double[] readings, double bias) {
        List<Double> values = HORIZONS.stream()
                .map(horizon -> readings[origin + horizon] - bias - 0.4 * random.nextGaussian())
                .toList();
        return new Forecast(
                "noaa",
                "KJFK",
                feature,
                model,
                "v1",
                at(origin),
                HORIZONS,
                values,
                values.stream().map(value -> value - 1).toList(),
                values.stream().map(value -> value + 1).toList(),
                readings[origin],
                false);
    }

    @Test
    void restartsInMidStreamGiveIdenticalAlarms(@TempDir Path directory) throws Exception {
        Results expected = withoutRestart();
        assertThat(expected.changes()).extracting(DriftChanged::to).contains(DriftState.DRIFT);
        assertThat(expected.signals()).isNotEmpty();

        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        ConfigurableApplicationContext service = start(broker, directory);
        try {
            await().atMost(TIMEOUT).until(() -> streamsState(service).equals("running"));
            send(broker, 0, 607);
            await().atMost(TIMEOUT)
                    .until(() -> !read(broker, Topics.EVALUATIONS).isEmpty());
            long started = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));

            send(broker, 607, 640);
            ConfigurableApplicationContext again = start(broker, directory);
            try {
                send(broker, 640, 680);
                await().atMost(TIMEOUT)
                        .until(() -> read(broker, Topics.EVALUATIONS).size() == PER_HOUR * 679);
                broker.close();
                EmbeddedBroker back = EmbeddedBroker.start(directory.resolve("kafka"), broker.port());
                try {
                    send(back, 680, HOURS);
                    await().atMost(TIMEOUT)
                            .until(() -> read(back, Topics.EVALUATIONS).size() == PER_HOUR * (HOURS - 1));
                    await().atMost(TIMEOUT)
                            .untilAsserted(() -> assertThat(read(back, Topics.DRIFT))
                                    .containsExactlyInAnyOrderElementsOf(expected.changes()));
                    assertThat(read(back, Topics.EVALUATIONS)).isEqualTo(expected.evaluations());
                    await().atMost(TIMEOUT)
                            .untilAsserted(() -> assertThat(read(back, Topics.RETRAIN))
                                    .extracting(RetrainSignal::id, RetrainSignal::evidence)
                                    .isEqualTo(expected.signals().stream()
                                            .map(signal -> tuple(signal.id(), signal.evidence()))
                                            .toList()));
                    assertThat(drift(again, "?pipeline=noaa&station=KJFK"))
                            .contains("\"feature\":\"temperature\"", "\"evidence\":[{\"test\":", "\"statistic\":");
                    assertThat(drift(again, "?pipeline=mars"))
                            .contains("\"status\":400", "expected one of [noaa, sim], found 'mars'");
                } finally {
                    back.close();
                }
            } finally {
                long closing = System.nanoTime();
                again.close();
                assertThat(Duration.ofNanos(System.nanoTime() - closing))
                        .as("stops promptly, also while the broker is away")
                        .isLessThan(Duration.ofSeconds(5));
            }
        } finally {
            service.close();
            broker.close();
        }
    }

    /// What the service must publish.
    private record Results(List<Evaluation> evaluations, List<DriftChanged> changes, List<RetrainSignal> signals) {}

    private Results withoutRestart() {
        try (Flow flow = new Flow()) {
            for (int hour = 0; hour < HOURS; hour++) {
                flow.observe(observations.get(hour));
                forecasts.get(hour).forEach(flow::forecast);
            }
            return new Results(
                    flow.evaluations(),
                    flow.changes().stream().map(TestRecord::value).toList(),
                    flow.signals().stream().map(TestRecord::value).toList());
        }
    }

    private static ConfigurableApplicationContext start(EmbeddedBroker broker, Path directory) {
        return DriftService.start(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--aerocast.topics.retry-interval=200ms",
                "--AEROCAST_DATA_DIR=" + directory);
    }

    /// The reply of `GET /drift`.
    private static String drift(ConfigurableApplicationContext service, String query) throws Exception {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI drift = URI.create("http://127.0.0.1:" + port + "/drift" + query);
            return client.send(HttpRequest.newBuilder(drift).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static String streamsState(ConfigurableApplicationContext service) {
        return String.valueOf(service.getBean(DriftStreams.class).facts().get("streams"));
    }

    private void send(EmbeddedBroker broker, int from, int to) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            for (Observation o : observations.subList(from, to)) {
                producer.send(record(Topics.OBSERVATIONS, o));
            }
            for (List<Forecast> issued : forecasts.subList(from, to)) {
                issued.forEach(f -> producer.send(record(Topics.FORECASTS, f)));
            }
        }
    }

    private static <T> ProducerRecord<String, byte[]> record(Topic<T> topic, T event) {
        return new ProducerRecord<>(topic.name(), "KJFK", topic.codec().encode(event));
    }

    private static <T> List<T> read(EmbeddedBroker broker, Topic<T> topic) {
        List<T> events = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(r -> events.add(topic.codec().decode(r.value())));
            }
        }
        return events;
    }
}
