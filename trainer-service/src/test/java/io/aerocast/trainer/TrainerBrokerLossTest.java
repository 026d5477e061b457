package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class TrainerBrokerLossTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aRunOutlivesALossOfTheBroker(@TempDir Path directory) throws Exception {
        Pipeline sim = Pipelines.builtIn().require("sim");
        World world = new World(new Lake(directory), sim).calm(250);
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        int port = broker.port();
        try (ConfigurableApplicationContext _ = start(directory, port)) {
            Instant changed = world.now();
            send(port, changed);
            await().atMost(PATIENCE).until(() -> record(directory).contains("\"started\""));
            broker.close();

            world.hot(150);
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> record(directory).contains("\"holdOut\"")
                            && record(directory).contains("\"started\""));
            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);

            await().atMost(PATIENCE).until(() -> record(directory).contains("\"finished\""));
            assertThat(record(directory)).contains("\"attempt\" : 1", "\"outcome\" : \"published\"");
        } finally {
            broker.close();
        }
    }

    private static ConfigurableApplicationContext start(Path directory, int port) {
        return TrainerService.start(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + port,
                "--spring.kafka.consumer.properties.default.api.timeout.ms=2000",
                "--spring.kafka.consumer.properties.request.timeout.ms=1500",
                "--spring.kafka.producer.properties.max.block.ms=1000",
                "--aerocast.trainer.data.directory=" + directory,
                "--aerocast.trainer.schedule.enabled=false",
                "--aerocast.trainer.dataset.minimum-recent=120",
                "--aerocast.trainer.dataset.poll-interval=100ms",
                "--aerocast.trainer.fit.hidden=4",
                "--aerocast.trainer.fit.epochs=5");
    }

    private static void send(int port, Instant changedSince) throws Exception {
        RetrainSignal signal = new RetrainSignal(
                "episode-1", "sim", RetrainReason.DRIFT, Instant.now(), "lab", null, changedSince, "a test", Map.of());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port), new StringSerializer(), new ByteArraySerializer())) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> producer.send(new ProducerRecord<>(
                                            Topics.RETRAIN.name(),
                                            "sim",
                                            Topics.RETRAIN.codec().encode(signal)))
                                    .get(10, TimeUnit.SECONDS)
                            != null);
        }
    }

    private static String record(Path directory) throws IOException {
        Path runs = directory.resolve("runs");
        if (!Files.exists(runs)) {
            return "";
        }
        try (Stream<Path> files = Files.list(runs)) {
            Path file = files.filter(path -> path.toString().endsWith(".json"))
                    .findFirst()
                    .orElse(null);
            return file == null ? "" : Objects.requireNonNull(Files.readString(file));
        }
    }
}
