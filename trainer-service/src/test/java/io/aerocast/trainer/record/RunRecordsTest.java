package io.aerocast.trainer.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome.Failed;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Outcome.Unfitted;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.trainer.record.RunRecord.State;
import io.aerocast.training.score.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordsTest {

    @TempDir
    Path directory;

    private RunRecords records;

    @BeforeEach
    void open() {
        records = new RunRecords(new DataDirectory(directory));
    }

    @Test
    void readsBackWhatItKept() throws IOException {
        RunRecord run = Examples.started()
                .with(Examples.FEATURE, Examples.data())
                .with(Examples.proven())
                .with(Examples.proven().published())
                .withTracked("gru")
                .finished(Examples.TIME.plusSeconds(5));

        records.save(run);

        assertThat(records.find(run.id())).contains(run);
        assertThat(records.find("other")).isEmpty();
        assertThat(records.all()).containsExactly(run);
        assertThat(run.state()).isEqualTo(State.FINISHED);
        assertThat(run.outcomes()).singleElement().isInstanceOf(Published.class);
        assertThat(directory.resolve("runs").resolve(run.id() + ".json"))
                .content()
                .contains(
                        "\"schema\" : 3",
                        "\"state\" : \"finished\"",
                        "\"reason\" : \"drift\"",
                        "\"outcome\" : \"published\"",
                        "\"tracked\" : [ \"gru\" ]",
                        "\"startedAt\" : \"2026-11-23T03:51:00Z\"");
        assertThat(Files.list(directory.resolve("runs"))).hasSize(1);
    }

    static Stream<Outcome> outcomes() {
        Finding stuck = new Finding("data", false, "it is stuck");
        return Stream.of(
                new Unfitted(Examples.FEATURE, "gru", Examples.TIME, "too few"),
                new Vetoed(Examples.FEATURE, "gru", Examples.TIME, List.of(stuck), 0.4),
                new Failed(Examples.FEATURE, "gru", Examples.TIME, "out of memory"),
                new Held(Examples.FEATURE, "gru", Examples.candidate(), null, List.of(stuck)),
                Examples.held(),
                Examples.proven(),
                Examples.proven().published(),
                Examples.proven().unpublished("refused"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void readsBackEveryOutcome(Outcome outcome) throws IOException {
        RunRecord run = records.save(Examples.started().with(outcome));

        assertThat(records.find(run.id())).contains(run);
        assertThat(run.outcome("gru")).contains(outcome);
        assertThat(run.outcome("seasonal")).isEmpty();
    }

    @Test
    void aRunIdIsReadableSafeAndUnique() {
        assertThat(RunRecord.idOf("sim/lab/2026:1")).matches("sim-lab-2026-1-[0-9a-f]{8}");
        assertThat(RunRecord.idOf("sim/lab/2026/1")).isNotEqualTo(RunRecord.idOf("sim/lab/2026:1"));
        assertThat(RunRecord.idOf("../../etc/passwd")).doesNotContain("/").doesNotStartWith(".");
        assertThat(RunRecord.idOf("x".repeat(500))).hasSize(89);
    }

    @Test
    void aRunWithAFailedKindIsFailed() {
        RunRecord run = Examples.started()
                .with(Examples.proven())
                .with(new Failed(Examples.FEATURE, "seasonal", Examples.TIME, "out of luck"));

        assertThat(run.finished(Examples.TIME).state()).isEqualTo(State.FAILED);
    }

    @Test
    void anOutcomeKeepsTheAttemptThatReachedIt() throws IOException {
        RunRecord run = records.save(Examples.started()
                .with(Examples.proven())
                .resumed(null)
                .with(Examples.proven().published())
                .with(new Failed(Examples.FEATURE, "seasonal", Examples.TIME, "out of luck")));

        assertThat(records.find(run.id())).contains(run);
        assertThat(run.reachedIn("gru").number()).isOne();
        assertThat(run.reachedIn("seasonal").number()).isEqualTo(2);
    }

    @Test
    void aRecordWithoutAttemptsIsReadable() throws IOException {
        RunRecord run = records.save(Examples.started().with(Examples.proven()));
        Path file = directory.resolve("runs/%s.json".formatted(run.id()));
        Files.writeString(file, Files.readString(file).replace("\"reachedIn\" :", "\"other\" :"));

        assertThat(records.find(run.id()).orElseThrow().reachedIn("gru")).isEqualTo(run.reachedIn("gru"));
    }

    @Test
    void aResumedRunKeepsItsOutcomes() {
        RunRecord run = Examples.started().with(Examples.proven()).resumed(null);

        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.startedAt()).isEqualTo(Examples.TIME);
        assertThat(run.contract()).isEqualTo(Examples.CONTRACT);
        assertThat(run.outcome("gru")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"signal\" :", "\"startedAt\" :", "\"outcomes\" :", "\"tracked\" :", "\"environment\" :"})
    void aRecordWithoutAPartLeavesTheOthersReadable(String lost) throws IOException {
        records.save(Examples.started());
        String json = Files.readString(
                directory.resolve("runs/%s.json".formatted(Examples.started().id())));
        assertThat(json).contains(lost);
        Files.writeString(directory.resolve("runs/bad.json"), json.replaceFirst(lost, "\"other\" :"));

        assertThat(records.all()).hasSize(1);
        assertThatThrownBy(() -> records.find("bad"))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("bad.json")
                .hasCauseInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "signal", "metrics", "sha256"})
    void aRecordOfSchemaOneWithoutAPartLeavesTheOthersReadable(String lost) throws IOException {
        EarlierDirectory.copy(directory);
        EarlierDirectory.edit(
                directory, "garden-first", json -> json.replaceAll("\"%s\" :".formatted(lost), "\"other\" :"));

        assertThat(records.all()).hasSize(4);
    }

    @Test
    void aRecordThatCannotBeReadIsNamedAndLeavesTheOthersReadable() throws IOException {
        records.save(Examples.started());
        Files.writeString(directory.resolve("runs/bad.json"), "{\"schema\": 1, \"id\"");
        Files.writeString(directory.resolve("runs/new.json"), "{\"schema\": 4, \"attempt\": 1}");

        assertThat(records.all()).hasSize(1);
        assertThatThrownBy(() -> records.find("bad"))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("bad.json");
        assertThatThrownBy(() -> records.find("new"))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("schema version 4 (supported: 1 to 3)");
    }
}
