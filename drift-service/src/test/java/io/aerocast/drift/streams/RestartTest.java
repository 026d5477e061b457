package io.aerocast.drift.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.drift.DriftService;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static final int HOURS = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Random random = new Random(17);
    private final List<Observation> observations = new ArrayList<>();
    private final List<Forecast> forecasts = new ArrayList<>();

    /// Normal errors for 150 hours, three times as large for 100, and normal again.
    RestartTest() {
        for (int hour = 0; hour < HOURS; hour++) {
            Instant at = Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
            double reading = 20 + 3 * Math.sin(hour / 4.0) + 0.3 * random.nextGaussian();
            double error = (hour >= 150 && hour < 250 ? 1.2 : 0.4) * random.nextGaussian();
            observations.add(new Observation("noaa", "KJFK", at.minusSeconds(540), Map.of("temperature", reading)));
            if (hour > 0) {
                double before = observations.get(hour - 1).readings().get("temperature");
                String id = Forecast.idOf("noaa", "KJFK", "gru", "v1", at.minusSeconds(3600), 1);
                double value = reading - error;
                forecasts.add(new Forecast(
                        id,
                        "noaa",
                        "KJFK",
                        "gru",
                        "v1",
                        at.minusSeconds(3600),
                        at,
                        1,
                        value,
                        value - 1,
                        value + 1,
                        before));
            }
        }
    }

    @Test
    void restartsInMidStreamGiveIdenticalAlarms(@TempDir Path directory) throws Exception {
        List<DriftChanged> expected = withoutRestart();
        assertThat(expected).hasSizeGreaterThanOrEqualTo(3);

        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        ConfigurableApplicationContext service = start(broker, directory);
        try {
            await().atMost(TIMEOUT).until(() -> streamsState(service).equals("running"));
            send(broker, 0, 157);
            await().atMost(TIMEOUT)
                    .until(() -> !read(broker, Topics.EVALUATIONS).isEmpty());
            long started = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));

            send(broker, 157, 180);
            ConfigurableApplicationContext again = start(broker, directory);
            try {
                send(broker, 180, 220);
                await().atMost(TIMEOUT)
                        .until(() -> read(broker, Topics.EVALUATIONS).size() == 219);
                broker.close();
                EmbeddedBroker back = EmbeddedBroker.start(directory.resolve("kafka"), broker.port());
                try {
                    send(back, 220, HOURS);
                    await().atMost(TIMEOUT)
                            .until(() -> read(back, Topics.EVALUATIONS).size() == HOURS - 1);
                    await().atMost(TIMEOUT)
                            .untilAsserted(
                                    () -> assertThat(read(back, Topics.DRIFT)).isEqualTo(expected));
                    assertThat(read(back, Topics.EVALUATIONS))
                            .extracting(Evaluation::forecastId)
                            .containsExactlyElementsOf(
                                    forecasts.stream().map(Forecast::id).toList());
                    assertThat(read(back, Topics.RETRAIN))
                            .extracting(RetrainSignal::changedSince)
                            .containsExactly(expected.get(1).changedSince());
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

    private List<DriftChanged> withoutRestart() {
        try (Flow flow = new Flow()) {
            for (int hour = 0; hour < HOURS; hour++) {
                flow.observe(observations.get(hour));
                if (hour < forecasts.size()) {
                    flow.forecast(forecasts.get(hour));
                }
            }
            return flow.changes().stream().map(TestRecord::value).toList();
        }
    }

    private static ConfigurableApplicationContext start(EmbeddedBroker broker, Path directory) {
        return DriftService.start(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--aerocast.topics.retry-interval=200ms",
                "--AEROCAST_DATA_DIR=" + directory);
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
            for (Forecast f : forecasts.subList(Math.max(0, from - 1), to - 1)) {
                producer.send(record(Topics.FORECASTS, f));
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
