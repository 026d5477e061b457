package io.aerocast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.lake.LandedObservation;
import io.aerocast.lake.WindowFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class CrashTest {

    private static final int KILLS = 2;
    private static final int RECORDS_PER_LIFE = 600;

    /// Each process is killed as soon as a new file appears in the lake: before its commit, or just after it.
    @Test
    void aServiceThatIsKilledRepeatedlyLandsEachRecordOnce(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            Bench bench = new Bench(broker.address(), directory);
            try (ConfigurableApplicationContext _ = bench.start("--aerocast.ingest.landing.enabled=false")) {
                await().atMost(Bench.TIMEOUT)
                        .ignoreExceptions()
                        .until(() -> bench.read(Topics.OBSERVATIONS.name()).isEmpty());
            }
            Set<String> valid = new HashSet<>();
            Set<String> bad = new HashSet<>();
            for (int life = 0; life < KILLS; life++) {
                put(bench, life, valid, bad);
                killAtTheNextFile(bench, directory.resolve("service-%d.log".formatted(life)), life);
            }
            try (ConfigurableApplicationContext _ = bench.start(settings(KILLS))) {
                put(bench, KILLS, valid, bad);
                await().atMost(Bench.TIMEOUT)
                        .untilAsserted(() -> assertThat(bench.committed()).isEqualTo(valid.size() + bad.size()));
            }

            List<LandedObservation> landed = bench.landed("sim");
            assertThat(landed.stream().map(l -> identity(l.partition(), l.offset())))
                    .containsExactlyInAnyOrderElementsOf(valid);
            assertThat(bench.query("count(*)", "sim")).isEqualTo(valid.size());
            assertThat(bench.query("count(DISTINCT (station, ts))", "sim")).isEqualTo(valid.size());
            assertThat(bench.deadLetters().stream()
                            .map(Bench::origin)
                            .map(o -> o.replace(Topics.OBSERVATIONS.name() + "-", ""))
                            .collect(Collectors.toSet()))
                    .isEqualTo(bad);
        }
    }

    private static void put(Bench bench, int life, Set<String> valid, Set<String> bad) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS_PER_LIFE; i++) {
            String station = "S" + i % 5;
            Observation observation = Bench.sim(station, life * 1_000_000L + i, i % 40);
            records.add(
                    i % 20 == 7
                            ? new ProducerRecord<>(
                                    Topics.OBSERVATIONS.name(), station, ("bad " + i).getBytes(StandardCharsets.UTF_8))
                            : Bench.record(observation));
        }
        List<RecordMetadata> metadata = bench.putAll(records);
        for (int i = 0; i < metadata.size(); i++) {
            (i % 20 == 7 ? bad : valid)
                    .add(identity(metadata.get(i).partition(), metadata.get(i).offset()));
        }
    }

    private static String identity(int partition, long offset) {
        return "%d@%d".formatted(partition, offset);
    }

    private static void killAtTheNextFile(Bench bench, Path log, int life) throws IOException, InterruptedException {
        Set<Path> before = files(bench);
        Process process = serviceProcess(bench, log, life);
        try {
            int files = 1 + 4 * life;
            long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
            while (newFiles(bench, before) < files) {
                assertThat(process.isAlive()).as("service, see %s", log).isTrue();
                assertThat(System.nanoTime()).as("a file in time, see %s", log).isLessThan(deadline);
                LockSupport.parkNanos(300_000);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long newFiles(Bench bench, Set<Path> before) {
        return files(bench).stream().filter(f -> !before.contains(f)).count();
    }

    private static Set<Path> files(Bench bench) {
        return bench.lake().windows().stream().map(WindowFile::path).collect(Collectors.toSet());
    }

    /// The windows of each process end at other offsets, so that a record that lands twice lands in two files.
    private static String[] settings(int life) {
        return new String[] {
            "--aerocast.ingest.landing.max-open=30ms",
            "--aerocast.ingest.landing.max-rows=" + (11 - 2 * life),
            "--spring.kafka.consumer.properties.session.timeout.ms=1500",
            "--spring.kafka.consumer.properties.heartbeat.interval.ms=500",
            "--spring.kafka.consumer.max-poll-records=20"
        };
    }

    private static Process serviceProcess(Bench bench, Path log, int life) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                IngestService.class.getName()));
        command.addAll(bench.arguments(settings(life)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}
