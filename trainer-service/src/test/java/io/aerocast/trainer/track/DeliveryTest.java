package io.aerocast.trainer.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final Server server = new Server();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LocalRunLog local;
    private Outbox outbox;
    private RunTracker tracker;
    private Delivery delivery;

    /// Takes each message, or throws the next of its faults.
    private static final class Server implements RunReceiver {

        private final List<String> delivered = new ArrayList<>();
        private final Deque<Exception> faults = new ArrayDeque<>();

        @Override
        public synchronized void log(TrackedRun run, RunFiles files) throws IOException {
            fail();
            delivered.add(run.key());
        }

        @Override
        public synchronized void log(ModelChange change) throws IOException {
            fail();
            delivered.add(change.version());
        }

        private void fail() throws IOException {
            switch (faults.poll()) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case null, default -> {
                    // No fault is left.
                }
            }
        }

        private synchronized List<String> delivered() {
            return List.copyOf(delivered);
        }
    }

    @BeforeEach
    void open() throws IOException {
        DataDirectory directory = new DataDirectory(data);
        local = new LocalRunLog(directory);
        outbox = new Outbox(directory.outbox());
        tracker = new RunTracker(local, outbox);
        delivery =
                new Delivery(outbox, local, new TrackingServer(server, "http://mlflow", Duration.ofMillis(1)), meters);
    }

    @AfterEach
    void stop() {
        delivery.stop();
    }

    @Test
    void deliversInOrder() throws IOException {
        track(Runs.promoted("sim", 1));
        track(Runs.held("sim", 2));
        tracker.track(new ModelChange("sim", Runs.FEATURE, "gru", "v0", Runs.version(1), Runs.START, "a test", null));

        delivery.start();

        awaitDelivered("sim-1-0a1b2c3d/gru", "sim-2-0a1b2c3d/gru", "v0");
        await().atMost(PATIENCE).until(() -> outbox.size() == 0);
    }

    @Test
    void deliversTheMessagesOfAnEarlierProcess() throws IOException {
        track(Runs.promoted("sim", 1));
        track(Runs.promoted("sim", 2));
        Outbox again = new Outbox(data.resolve("outbox"));

        assertThat(again.size()).isEqualTo(2);
        delivery =
                new Delivery(again, local, new TrackingServer(server, "http://mlflow", Duration.ofMillis(1)), meters);
        delivery.start();

        awaitDelivered("sim-1-0a1b2c3d/gru", "sim-2-0a1b2c3d/gru");
    }

    @Test
    void aMessageThatWaitsIsNotAddedAgain() throws IOException {
        track(Runs.promoted("sim", 1));
        track(Runs.promoted("sim", 2));
        track(Runs.promoted("sim", 1));

        assertThat(outbox.size()).isEqualTo(2);
    }

    @Test
    void triesAgainUntilItIsTaken() throws IOException {
        server.faults.add(new IOException("it is down"));
        server.faults.add(new IllegalStateException("it talks nonsense"));
        track(Runs.promoted("sim", 1));
        track(Runs.promoted("sim", 2));

        delivery.start();

        awaitDelivered("sim-1-0a1b2c3d/gru", "sim-2-0a1b2c3d/gru");
        assertThat(count("failed")).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> count("delivered") == 2);
        assertThat(delivery.facts().toString()).contains("delivered=2").doesNotContain("failingSince");
    }

    @Test
    void aMessageThatIsRefusedIsSetAsideAndTheNextOneDelivered() throws IOException {
        server.faults.add(new RefusedException("a parameter is too long"));
        track(Runs.promoted("sim", 1));
        track(Runs.promoted("sim", 2));

        delivery.start();

        awaitDelivered("sim-2-0a1b2c3d/gru");
        assertThat(count("refused")).isOne();
        assertThat(data.resolve("outbox/refused"))
                .isDirectoryContaining(file -> file.toString().endsWith("000000000001.json"));
    }

    @Test
    void aRunWhoseRecordIsMissingIsSetAside() throws IOException {
        track(Runs.promoted("sim", 1));
        Files.delete(data.resolve("runs/sim-1-0a1b2c3d.json"));
        track(Runs.promoted("sim", 2));

        delivery.start();

        awaitDelivered("sim-2-0a1b2c3d/gru");
        assertThat(count("refused")).isOne();
    }

    @Test
    void aRunThatCannotBeReadIsSetAside() throws IOException {
        track(Runs.promoted("sim", 1));
        Files.writeString(data.resolve("runs/sim-1-0a1b2c3d.json"), "{");
        track(Runs.promoted("sim", 2));

        delivery.start();

        awaitDelivered("sim-2-0a1b2c3d/gru");
        assertThat(count("refused")).isOne();
    }

    @Test
    void aFileThatHoldsNoMessageIsSetAsideAtTheStart() throws IOException {
        Files.createDirectories(data.resolve("outbox"));
        Files.writeString(data.resolve("outbox/000000000007.json"), "{\"type\": \"other\"}");
        Files.writeString(data.resolve("outbox/000000000008.json"), "{\"type\": \"run\", \"key\": \"a/gru\"}");

        assertThat(new Outbox(data.resolve("outbox")).size()).isOne();
        assertThat(data.resolve("outbox/000000000007.json")).doesNotExist();
    }

    @Test
    void withoutAServerNoMessageWaits() throws IOException {
        new RunTracker(local, null).track(Runs.keep(data, Runs.promoted("sim", 1)), "gru");

        assertThat(outbox.size()).isZero();
        assertThat(local.newest(5)).hasSize(1);
        assertThat(new Delivery(outbox, local, null, meters).facts().toString()).contains("server=none");
    }

    private void track(RunRecord run) throws IOException {
        tracker.track(Runs.keep(data, run), "gru");
    }

    private void awaitDelivered(String... delivered) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.delivered()).containsExactly(delivered));
    }

    private double count(String outcome) {
        return meters.get("aerocast.tracking.deliveries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
