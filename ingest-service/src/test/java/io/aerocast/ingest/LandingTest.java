package io.aerocast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.DeadLetter;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.event.WindowLanded;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipelines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class LandingTest extends BrokerTest {

    @Test
    void landsValidRecordsOnceAndSendsTheOthersToTheDeadLetterTopic() throws Exception {
        try (ConfigurableApplicationContext service = bench.start()) {
            awaitTopics(service);
            Observation partial = new Observation(
                    "noaa",
                    "KJFK",
                    Instant.parse("2013-01-01T18:00:00Z"),
                    Map.of("temperature", 0.0, "windspeed", 6.69));
            bench.putAll(List.of(Bench.record(partial), Bench.record(Bench.sim("SIM-1", 0, 20.5))));
            Map<String, RecordMetadata> bad = new HashMap<>();
            for (String payload : List.of(
                    "no JSON",
                    "{\"schema\":9}",
                    json("noaa", "2013-01-01T06:00:00Z", "\"pressure\":101325.0"),
                    json("noaa", "2999-01-01T06:00:00Z", "\"pressure\":1013.0"),
                    json("noaa", "-999999999-01-01T06:00:00Z", "\"pressure\":1013.0"),
                    json("mars", "2013-01-01T06:00:00Z", "\"pressure\":6.0"),
                    json("noaa", "2013-01-01T06:00:00Z", "\"pressure\":null"),
                    json("noaa", "2013-01-01T06:00:00Z", "\"pressure\":\"NaN\""),
                    "[".repeat(100_000))) {
                bad.put(payload, bench.put("KJFK", payload.getBytes(StandardCharsets.UTF_8)));
            }
            bench.put(null, null);
            bench.putAll(List.of(Bench.record(Bench.sim("SIM-1", 1, 21.5))));

            bench.awaitLanded("sim", 2);
            bench.awaitLanded("noaa", 1);
            await().atMost(Bench.TIMEOUT)
                    .untilAsserted(() -> assertThat(bench.deadLetters()).hasSize(bad.size() + 1));

            assertThat(bench.query("count(*)", "sim")).isEqualTo(2);
            assertThat(bench.query("count(*) FILTER (pressure IS NULL AND temperature = 0.0)", "noaa"))
                    .isEqualTo(1);
            assertThat(bench.query("epoch(ts)", "noaa"))
                    .isEqualTo(partial.timestamp().getEpochSecond());
            for (ConsumerRecord<String, byte[]> letter : bench.deadLetters()) {
                if (letter.value() == null) {
                    assertThat(Bench.header(letter, DeadLetter.REASON))
                            .isEqualTo("expected an observation, found an empty record");
                } else {
                    RecordMetadata from = bad.get(new String(letter.value(), StandardCharsets.UTF_8));
                    assertThat(Bench.origin(letter))
                            .isEqualTo("%s-%d@%d".formatted(from.topic(), from.partition(), from.offset()));
                    assertThat(letter.key()).isEqualTo("KJFK");
                }
                assertThat(Instant.parse(Bench.header(letter, DeadLetter.REJECTED_AT)))
                        .isBefore(Instant.now().plusSeconds(1));
            }
            assertThat(bench.deadLetters().stream().map(l -> Bench.header(l, DeadLetter.REASON)))
                    .contains("pressure 101325.0 is outside 870.0..1085.0 hPa (noaa)")
                    .contains("pipeline 'mars' is unknown (known: noaa, sim)");
            assertThat(Bench.get(service, "/metrics"))
                    .contains("aerocast_landed_rows_total{pipeline=\"sim\"} 2.0")
                    .contains("aerocast_dead_letters_total 10.0")
                    .contains(
                            "aerocast_observations_total{outcome=\"rejected\",pipeline=\"noaa\",source=\"topic\"} 5.0")
                    .contains(
                            "aerocast_observations_total{outcome=\"rejected\",pipeline=\"unknown\",source=\"topic\"} 5.0")
                    .contains("aerocast_windows_total{pipeline=\"noaa\"} 1.0")
                    .contains("aerocast_landing_lag_records 0.0")
                    .contains("aerocast_landing_age_seconds");
            assertThat(Bench.get(service, "/healthz")).contains("\"landing\":{\"state\":\"running\"");
        }
    }

    @Test
    void continuesAfterTheFilesOfALanderThatWasKilledBeforeItsCommit() throws Exception {
        createTopics();
        List<RecordMetadata> put = bench.putAll(LongStream.range(0, 10)
                .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second)))
                .toList());
        int partition = put.getFirst().partition();
        List<LandedObservation> rows = LongStream.range(0, 6)
                .mapToObj(offset -> new LandedObservation(
                        Bench.sim("SIM-1", offset, offset), partition, offset, Instant.ofEpochMilli(0)))
                .toList();
        bench.lake().claim(bench.topicId());
        WindowLanded landed = bench.lake().write(Pipelines.builtIn().require("sim"), rows);
        Path unfinished =
                Path.of(landed.uri()).resolveSibling("p%d-%019d-%019d.parquet.tmp".formatted(partition, 6, 8));
        Files.writeString(unfinished, "PAR1");

        try (ConfigurableApplicationContext _ = bench.start()) {
            bench.awaitLanded("sim", 10);
            await().atMost(Bench.TIMEOUT)
                    .untilAsserted(() -> assertThat(bench.committed()).isEqualTo(10));
        }

        assertThat(bench.query("count(*)", "sim")).isEqualTo(10);
        assertThat(bench.query("count(DISTINCT kafka_offset)", "sim")).isEqualTo(10);
        assertThat(unfinished).doesNotExist();
        List<WindowLanded> announced = bench.read(Topics.WINDOWS.name()).stream()
                .map(r -> Topics.WINDOWS.codec().decode(r.value()))
                .toList();
        assertThat(announced).startsWith(landed);
        assertThat(announced.getLast().endOffset()).isEqualTo(9);
        assertThat(bench.read(Topics.WINDOWS.name()).getFirst().key()).isEqualTo("sim/SIM-1");
    }

    @Test
    void reportsAFailingDiskAndLandsEverythingOnceItRecovers() throws Exception {
        Path blocked =
                Files.createDirectories(directory.resolve("data/processed/sim")).resolve("SIM-1");
        Files.writeString(blocked, "a file where the directory belongs");
        try (ConfigurableApplicationContext service = bench.start()) {
            awaitTopics(service);
            bench.putAll(LongStream.range(0, 5)
                    .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second)))
                    .toList());
            bench.put("SIM-1", "bad".getBytes(StandardCharsets.UTF_8));

            await().atMost(Bench.TIMEOUT)
                    .untilAsserted(() -> assertThat(Bench.get(service, "/healthz"))
                            .contains("\"state\":\"retrying\"")
                            .contains("SIM-1"));
            assertThat(bench.committed()).isZero();
            Files.delete(blocked);
            bench.awaitLanded("sim", 5);
            await().atMost(Bench.TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(Bench.get(service, "/healthz")).contains("\"state\":\"running\""));
        }
        assertThat(bench.query("count(*)", "sim")).isEqualTo(5);
        assertThat(bench.deadLetters().stream().map(Bench::origin).distinct()).hasSize(1);
    }

    @Test
    void aFullWindowLandsBeforeItIsDue() throws Exception {
        try (ConfigurableApplicationContext service =
                bench.start("--aerocast.ingest.landing.max-open=1h", "--aerocast.ingest.landing.max-rows=4")) {
            awaitTopics(service);
            bench.putAll(LongStream.range(0, 10)
                    .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second)))
                    .toList());
            bench.awaitLanded("sim", 8);
            assertThat(bench.query("count(DISTINCT filename)", "sim")).isEqualTo(2);
        }
        // Open windows land when the service stops.
        assertThat(bench.query("count(*)", "sim")).isEqualTo(10);
        assertThat(bench.committed()).isEqualTo(10);
    }

    @Test
    void twoLandersShareThePartitionsAndNoRecordLandsTwice() throws Exception {
        List<String> stations = List.of("A", "B", "C", "D", "E", "F", "G", "H");
        try (ConfigurableApplicationContext first = bench.start()) {
            awaitTopics(first);
            put(stations, 0, 100);
            try (ConfigurableApplicationContext _ = bench.start()) {
                put(stations, 100, 200);
                bench.awaitLanded("sim", 1_600);
            }
            put(stations, 200, 300);
            bench.awaitLanded("sim", 2_400);
        }
        assertThat(bench.query("count(*)", "sim")).isEqualTo(2_400);
        assertThat(bench.query("count(DISTINCT (kafka_partition, kafka_offset))", "sim"))
                .isEqualTo(2_400);
    }

    @Test
    void reportsRecordsThatWereDeletedBeforeTheyLanded() throws Exception {
        createTopics();
        RecordMetadata last = bench.putAll(LongStream.range(0, 5)
                        .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second)))
                        .toList())
                .getLast();
        TopicPartition partition = new TopicPartition(last.topic(), last.partition());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.alterConsumerGroupOffsets("aerocast-ingest-landing", Map.of(partition, new OffsetAndMetadata(0)))
                    .all()
                    .get();
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }

        try (ConfigurableApplicationContext service = bench.start()) {
            bench.awaitLanded("sim", 2);
            assertThat(Bench.get(service, "/metrics")).contains("aerocast_landing_missed_total 3.0");
        }
    }

    @Test
    void skipsNoRecordOfARecreatedTopicThatHasGrownPastTheLake() throws Exception {
        try (ConfigurableApplicationContext service = bench.start()) {
            awaitTopics(service);
            bench.putAll(LongStream.range(0, 5)
                    .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second)))
                    .toList());
            bench.awaitLanded("sim", 5);
        }
        broker.close();
        broker = EmbeddedBroker.start(directory.resolve("another"));
        Bench another = new Bench(broker.address(), directory);
        try (ConfigurableApplicationContext service = another.start("--aerocast.ingest.landing.enabled=false")) {
            awaitTopics(service);
        }
        another.putAll(LongStream.range(100, 120)
                .mapToObj(second -> Bench.record(Bench.sim("SIM-1", second, second - 100)))
                .toList());

        try (ConfigurableApplicationContext service = another.start()) {
            awaitRefusal(service);
            assertThat(Bench.get(service, "/metrics")).contains("aerocast_landing_failures_total 1.0");
        }
        assertThat(another.committed()).isZero();
        assertThat(another.query("count(*)", "sim")).isEqualTo(5);

        // The remedy that the message names.
        Files.move(directory.resolve("data/processed"), directory.resolve("data/old"));
        try (ConfigurableApplicationContext _ = another.start()) {
            another.awaitLanded("sim", 20);
        }
        assertThat(another.query("count(DISTINCT ts)", "sim")).isEqualTo(20);
    }

    @Test
    void landsNoRecordOfATopicThatIsRecreatedWhileItLands() throws Exception {
        try (ConfigurableApplicationContext service = bench.start()) {
            awaitTopics(service);
            bench.putAll(List.of(Bench.record(Bench.sim("SIM-1", 0, 1))));
            bench.awaitLanded("sim", 1);
            recreateObservations();
            await().atMost(Bench.TIMEOUT).ignoreExceptions().untilAsserted(() -> {
                bench.putAll(List.of(Bench.record(Bench.sim("SIM-1", 100, 1))));
                awaitRefusal(service, Duration.ofSeconds(1));
            });
        }
        assertThat(bench.query("count(*)", "sim")).isEqualTo(1);
    }

    private void recreateObservations() throws Exception {
        String topic = Topics.OBSERVATIONS.name();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            int partitions = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size();
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Bench.TIMEOUT)
                    .ignoreExceptions()
                    .untilAsserted(() -> admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                            .all()
                            .get());
        }
    }

    private static void awaitRefusal(ConfigurableApplicationContext service) {
        awaitRefusal(service, Bench.TIMEOUT);
    }

    private static void awaitRefusal(ConfigurableApplicationContext service, Duration timeout) {
        await().atMost(timeout)
                .untilAsserted(() -> assertThat(Bench.get(service, "/healthz"))
                        .contains("\"landing\":{\"state\":\"failed\"")
                        .contains("belongs to another topic"));
    }

    private void put(List<String> stations, int from, int to) throws Exception {
        List<org.apache.kafka.clients.producer.ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int second = from; second < to; second++) {
            for (String station : stations) {
                records.add(Bench.record(Bench.sim(station, second, second / 10.0)));
            }
        }
        bench.putAll(records);
    }

    private void createTopics() throws Exception {
        try (ConfigurableApplicationContext service = bench.start("--aerocast.ingest.landing.enabled=false")) {
            awaitTopics(service);
        }
    }

    private static void awaitTopics(ConfigurableApplicationContext service) {
        await().atMost(Bench.TIMEOUT)
                .untilAsserted(() -> assertThat(Bench.get(service, "/healthz")).contains("\"broker\":\"connected\""));
    }

    private static String json(String pipeline, String timestamp, String readings) {
        return "{\"schema\":1,\"pipeline\":\"%s\",\"station\":\"KJFK\",\"timestamp\":\"%s\",\"readings\":{%s}}"
                .formatted(pipeline, timestamp, readings);
    }
}
