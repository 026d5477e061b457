package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.RetrainReason;
import io.aerocast.trainer.mlflow.MlflowServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A tracking server that is down, and a trainer that is killed.
class TrackingOutageTest extends RunningTrainer {

    /// A first training is delivered. The server is killed during the second one, and the trainer after it. A third
    /// training runs while the server is down. When the server is up again, the trainer is killed once more during
    /// the delivery.
    @Test
    void eachRunIsTrackedOnceAndInOrderWhateverIsKilled(@TempDir Path mlflowDirectory) throws Exception {
        try (MlflowServer mlflow = MlflowServer.in(mlflowDirectory).start()) {
            String[] settings = {
                "--aerocast.trainer.mlflow.tracking-uri=" + mlflow.uri(), "--aerocast.trainer.mlflow.longest-pause=1s"
            };
            Process trainer = process("1", settings);
            world.calm(300);
            send(signal("1", RetrainReason.MANUAL, null));
            awaitRun("1");
            await().atMost(PATIENCE).until(() -> outbox().isEmpty());

            send(signal("2", RetrainReason.MANUAL, null));
            await().atMost(PATIENCE).until(() -> runs().size() == 2);
            mlflow.stop();
            awaitRun("2");
            trainer.destroyForcibly().waitFor();
            assertThat(outbox()).hasSize(3);

            trainer = process("2", settings);
            send(signal("3", RetrainReason.MANUAL, null));
            awaitRun("3");
            assertThat(outbox()).hasSize(6);

            mlflow.start();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> outbox().size() == 5);
            trainer.destroyForcibly().waitFor();
            assertThat(outbox()).isNotEmpty();

            trainer = process("3", settings);
            await().atMost(PATIENCE).until(() -> outbox().isEmpty());
            trainer.destroyForcibly().waitFor();

            JsonNode logged = mlflow.pipeline(pipeline.name());
            List<JsonNode> tracked = logged.path("runs").valueStream().toList();
            assertThat(tracked)
                    .extracting(run -> run.path("tags").path("aerocast.signal").asString())
                    .containsExactlyInAnyOrder("1", "1", "1", "2", "2", "2", "3", "3", "3");
            assertThat(tracked)
                    .extracting(run -> run.path("tags").path("aerocast.run").asString())
                    .doesNotHaveDuplicates();
            assertThat(tracked).allSatisfy(this::isComplete);
            List<String> versions = versions(logged.path("versions"));
            assertThat(versions).hasSize(9).isSorted();
            assertThat(logged.path("versions"))
                    .allSatisfy(version ->
                            assertThat(version.path("status").asString()).isEqualTo("READY"));
        }
    }

    /// The versions in the order of their registration.
    private static List<String> versions(JsonNode versions) {
        return versions.valueStream()
                .map(version -> version.path("tags").path("aerocast.version").asString())
                .toList();
    }

    /// The run has every file of the data directory, the verdict of its record, and a model.
    private void isComplete(JsonNode run) {
        String key = run.path("tags").path("aerocast.run").asString();
        Path artifacts = directory.resolve("runs").resolve(key).resolve("artifacts");
        assertThat(run.path("status").asString()).isEqualTo("FINISHED");
        try (Stream<Path> files = Files.walk(artifacts)) {
            List<String> kept = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> artifacts.relativize(file).toString())
                    .toList());
            assertThat(kept).doesNotContain("verdict.json");
            kept.add("verdict.json");
            assertThat(kept).hasSizeGreaterThan(3);
            assertThat(run.path("artifacts").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrderElementsOf(kept);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(run.path("models")).hasSize(1);
    }

    @Test
    void aServerThatNeverAnswersDelaysNoTraining() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            List<Socket> accepted = new ArrayList<>();
            Thread accepting = Thread.startVirtualThread(() -> accept(silent, accepted));
            start(
                    "--aerocast.trainer.mlflow.tracking-uri=http://127.0.0.1:" + silent.getLocalPort(),
                    "--aerocast.trainer.mlflow.timeout=300ms");
            world.calm(300);
            send(signal("first", RetrainReason.MANUAL, null));

            JsonNode run = awaitRun("first");

            assertThat(outcome(run, "gru").path("outcome").asString()).isEqualTo("published");
            assertThat(published()).hasSize(3);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get("/healthz"))
                            .contains("\"waiting\":3", "\"failingSince\"", "was not answered within 300 ms"));
            assertThat(get("/metrics"))
                    .contains("aerocast_tracking_outbox_messages 3.0")
                    .containsPattern("aerocast_tracking_deliveries_total\\{outcome=\"failed\"\\} [1-9]");
            assertThat(accepted).isNotEmpty();
            accepting.interrupt();
        }
    }

    private static void accept(ServerSocket server, List<Socket> accepted) {
        try {
            while (true) {
                accepted.add(server.accept());
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private List<Path> outbox() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }
}
