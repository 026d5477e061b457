package io.aerocast.trainer.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.history.RunHistory;
import io.aerocast.trainer.history.RunHistory.Entry;
import io.aerocast.trainer.record.EarlierDirectory;
import io.aerocast.trainer.record.RunRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Runs that version 0.1 has tracked, each in a separate file.
class EarlierRunsTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @TempDir
    Path directory;

    private LocalRunLog log;

    @BeforeEach
    void copy() throws IOException {
        EarlierDirectory.copy(directory);
        log = new LocalRunLog(new DataDirectory(directory));
    }

    @Test
    void areTheSameAsInTheirFiles() throws IOException {
        for (String key : keys()) {
            TrackedRun run = log.find(key).orElseThrow();

            assertThat(withoutDocuments(run))
                    .as(key)
                    .usingRecursiveComparison()
                    .ignoringCollectionOrder()
                    .isEqualTo(file(key));
        }
    }

    @Test
    void haveTheVerdictOfTheirFiles() throws IOException {
        for (String key : keys()) {
            Path file = log.files(key).artifacts().resolve("verdict.json");
            String rendered = log.find(key).orElseThrow().documents().get("verdict.json");

            assertThat(rendered).as(key).isEqualTo(Files.exists(file) ? Files.readString(file) : null);
        }
    }

    @Test
    void areListedNewestFirst() throws Exception {
        try (RunHistory history = new RunHistory(directory)) {
            List<Entry> entries = history.newest(20).entries();

            assertThat(entries)
                    .extracting(entry -> entry.run().model() + " " + entry.run().verdict())
                    .containsExactly(
                            "seasonal failed",
                            "gru failed",
                            "seasonal held",
                            "gru held",
                            "seasonal held",
                            "gru held",
                            "seasonal promoted",
                            "gru promoted",
                            "seasonal promoted",
                            "gru promoted");
            assertThat(entries.get(7).aliases()).containsExactly("champion", "champion-gru");
            assertThat(entries.get(7).run().rmse()).isEqualTo(0.5800396026630817);
            assertThat(entries.get(7).run().championRmse()).isNotNull();
        }
    }

    @Test
    void areFoundByTheirVersion() throws IOException {
        assertThat(log.find(new ModelId("garden", "temperature", "gru", "20261130T173546Z-95ffcc5")))
                .map(TrackedRun::champion)
                .contains("20261130T173535Z-4da4300");
    }

    @Test
    void areDeliveredFromAnOutboxThatWaits() throws Exception {
        assertThat(deliver(10)).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(directory.resolve("outbox/refused")).doesNotExist();
    }

    @Test
    void doNotWaitBehindDamagedOnes() throws Exception {
        for (String kind : List.of("gru", "seasonal")) {
            Files.writeString(
                    directory
                            .resolve("runs/garden-first-280af0e9")
                            .resolve(kind)
                            .resolve("run.json"),
                    "{");
        }

        assertThat(deliver(10)).hasSize(8).noneMatch(key -> key.startsWith("garden-first"));
        assertThat(directory.resolve("outbox/refused")).isNotEmptyDirectory();
        assertThat(log.newest(20)).hasSize(8);
    }

    /// @return the keys that the server got
    private List<String> deliver(int waiting) throws IOException {
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        Outbox outbox = new Outbox(directory.resolve("outbox"));
        assertThat(outbox.size()).isEqualTo(waiting);
        Delivery delivery = new Delivery(
                outbox,
                log,
                new TrackingServer(new Recording(delivered), "http://mlflow", Duration.ofMillis(1)),
                new SimpleMeterRegistry());
        delivery.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.size() == 0);
        delivery.stop();
        return delivered;
    }

    @Test
    void loggedAgainMoveNoAlias() throws Exception {
        Map<String, String> before = log.aliases("garden");
        RunRecords records = new RunRecords(new DataDirectory(directory));

        for (String key : keys()) {
            int slash = key.indexOf('/');
            log.track(records.find(key.substring(0, slash)).orElseThrow(), key.substring(slash + 1));
        }

        assertThat(log.aliases("garden")).isEqualTo(before);
    }

    private List<String> keys() throws IOException {
        Path runs = directory.resolve("runs");
        try (Stream<Path> files = Files.find(runs, 3, (path, _) -> path.endsWith("run.json"))) {
            return files.map(file -> runs.relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    private TrackedRun file(String key) throws IOException {
        JsonNode run = MAPPER.readTree(
                Files.readAllBytes(directory.resolve("runs").resolve(key).resolve("run.json")));
        ObjectNode form = (ObjectNode) run;
        form.put("state", form.path("state").asString().toUpperCase(java.util.Locale.ROOT));
        form.putObject("documents");
        form.put("feature", "temperature");
        form.put("registeredAs", "garden");
        ((ObjectNode) form.path("parameters")).put("target", "temperature");
        return MAPPER.treeToValue(form, TrackedRun.class);
    }

    private static TrackedRun withoutDocuments(TrackedRun run) {
        return new TrackedRun(
                run.key(),
                run.name(),
                run.pipeline(),
                run.feature(),
                run.registeredAs(),
                run.model(),
                run.reason(),
                run.signal(),
                run.note(),
                run.state(),
                run.startedAt(),
                run.finishedAt(),
                run.version(),
                run.verdict(),
                run.champion(),
                run.tags(),
                run.parameters(),
                run.metrics(),
                run.datasets(),
                Map.of());
    }

    /// A server that takes everything.
    private record Recording(List<String> keys) implements RunReceiver {

        @Override
        public void log(TrackedRun run, RunFiles files) {
            keys.add(run.key());
        }

        @Override
        public void log(ModelChange change) {
            keys.add(change.version());
        }
    }
}
