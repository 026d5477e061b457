package io.aerocast.trainer.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.training.score.ScoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Records that the writer of schema 2 has written.
class SchemaTwoTest {

    private static final Path GOLDEN = Path.of("src/test/resources/data-directory-2/runs");

    @TempDir
    Path directory;

    private RunRecords records;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(directory.resolve("runs"));
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve("runs").resolve(file.getFileName()));
            }
        }
        records = new RunRecords(new DataDirectory(directory));
    }

    @Test
    void theOnlyTargetIsTheFirstFeature() throws IOException {
        assertThat(records.all()).hasSize(3).allSatisfy(run -> {
            assertThat(run.schema()).isEqualTo(3);
            assertThat(run.outcomes()).extracting(Outcome::feature).containsOnly("temperature");
            assertThat(run.outcomes()).extracting(run::label).containsExactly("gru", "seasonal");
            assertThat(run.tracked()).containsExactly("gru", "seasonal");
            assertThat(run.merged()).isEmpty();
            assertThat(run.probation()).isEmpty();
        });
        assertThat(run("garden-first").outcomes()).hasOnlyElementsOfType(Published.class);
        assertThat(run("garden-stuck").outcomes()).hasOnlyElementsOfType(Vetoed.class);
    }

    @Test
    void keepsTheDataAndEveryScore() throws IOException {
        for (RunRecord run : records.all()) {
            JsonNode kept = new JsonMapper()
                    .readTree(Files.readAllBytes(directory.resolve("runs/%s.json".formatted(run.id()))));
            assertThat(run.data("temperature").orElseThrow().train().sha256())
                    .isEqualTo(kept.at("/data/train/sha256").asString());
            run.outcome("gru")
                    .flatMap(Outcome::measured)
                    .ifPresent(
                            scores -> assertThat(scores.candidate().getFirst().rmse())
                                    .isEqualTo(kept.at("/outcomes/0/scores/candidate/0/rmse")
                                            .asDouble()));
        }
        assertThat(ScoreName.byLabel(
                        run("garden-drift").outcome("gru").orElseThrow().values()))
                .containsKeys("rmse.h1", "champion.rmse.h6", "p.value");
    }

    @Test
    void aStartedRunKeepsTheChangeOfItsSignal() throws IOException {
        RunRecord drift = run("garden-drift");
        Path file = directory.resolve("runs/%s.json".formatted(drift.id()));
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(Files.readAllBytes(file));
        json.put("state", "started").putNull("finishedAt");
        ((ObjectNode) json.path("signal")).put("changedSince", "2026-11-30T17:35:00Z");
        Files.writeString(file, json.toString());

        RunRecord started = run("garden-drift");

        assertThat(started.closed()).isFalse();
        assertThat(started.changedSince()).isEqualTo("2026-11-30T17:35:00Z");
    }

    @Test
    void isKeptAsSchemaThree() throws IOException {
        List<RunRecord> read = records.all();
        for (RunRecord run : read) {
            records.save(run);
        }

        assertThat(records.all()).containsExactlyInAnyOrderElementsOf(read);
        assertThat(directory.resolve("runs/%s.json".formatted(read.getFirst().id())))
                .content()
                .contains("\"schema\" : 3");
    }

    private RunRecord run(String prefix) throws IOException {
        return records.all().stream()
                .filter(run -> run.id().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}
