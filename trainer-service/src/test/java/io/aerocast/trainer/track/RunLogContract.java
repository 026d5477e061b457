package io.aerocast.trainer.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.trainer.record.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Behaviour that every run log shares.
public abstract class RunLogContract {

    private static int number;

    @TempDir
    Path directory;

    /// Unique for each test.
    private String pipeline = "";

    /// The log to test, which may hold runs of other pipelines.
    ///
    /// @param data for a log that keeps files
    protected abstract RunLog log(Path data) throws IOException;

    /// Logs a run.
    protected abstract void log(Path data, RunRecord run, RunFiles files) throws IOException, InterruptedException;

    /// Logs a rollback.
    protected abstract void log(Path data, ModelChange change) throws IOException, InterruptedException;

    private void log(ModelChange change) throws IOException, InterruptedException {
        log(directory.resolve("data"), change);
    }

    private RunLog log() throws IOException {
        return log(directory.resolve("data"));
    }

    @BeforeEach
    void namePipeline(TestInfo test) {
        pipeline = "contract-%d".formatted(++number);
    }

    @Test
    void listsTheRunsNewestFirst() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.failed(pipeline, 2));

        List<RunSummary> runs = ours();

        assertThat(runs)
                .extracting(RunSummary::key)
                .containsExactly(Runs.key(Runs.failed(pipeline, 2)), Runs.key(Runs.promoted(pipeline, 1)));
        RunRecord promoted = Runs.promoted(pipeline, 1);
        RunSummary expected = RunSummary.of(promoted, Runs.outcome(promoted));
        assertThat(runs.getLast())
                .usingRecursiveComparison()
                .ignoringFields("page")
                .isEqualTo(expected);
        assertThat(runs.getFirst().version()).isNull();
        assertThat(runs.getFirst().verdict()).isEqualTo("failed");
    }

    @Test
    void listsNoMoreThanRequested() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.held(pipeline, 2));

        assertThat(log().newest(1)).hasSize(1);
    }

    @Test
    void logsARunOnce() throws Exception {
        RunRecord run = Runs.promoted(pipeline, 1);

        logged(run, run);

        assertThat(ours()).hasSize(1);
    }

    @Test
    void loggingAnOldRunAgainMovesNoAlias() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.promoted(pipeline, 2), Runs.promoted(pipeline, 1));

        assertThat(log().aliases(pipeline)).containsEntry("champion", Runs.version(2));
    }

    @Test
    void aRollbackFromAnUnknownVersionMakesNoChallenger() throws Exception {
        logged(Runs.promoted(pipeline, 1));

        log(served(Runs.version(1), "shipped"));

        assertThat(log().aliases(pipeline))
                .containsEntry("champion", Runs.version(1))
                .doesNotContainKeys("challenger", "challenger-gru");
    }

    @Test
    void keepsTheFilesOfARun() throws Exception {
        RunRecord run = Runs.promoted(pipeline, 1);
        logged(run);

        assertThat(log().artifact(Runs.key(run), "plots/learning curve.svg"))
                .isEqualTo("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> log().artifact(Runs.key(run), "other.txt"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.txt");
        assertThatThrownBy(() -> log().artifact("no/run", "verdict.json"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no/run");
    }

    @Test
    void aPromotedCandidateIsTheChampion() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.promotedSeasonal(pipeline, 2));

        assertThat(log().aliases(pipeline))
                .containsOnly(
                        Map.entry("champion", Runs.version(1)),
                        Map.entry("champion-gru", Runs.version(1)),
                        Map.entry("champion-seasonal", Runs.version(2)));
    }

    @Test
    void aHeldCandidateIsTheChallengerUntilOneIsPromoted() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.held(pipeline, 2));

        assertThat(log().aliases(pipeline))
                .containsEntry("champion", Runs.version(1))
                .containsEntry("challenger", Runs.version(2))
                .containsEntry("challenger-gru", Runs.version(2));

        logged(Runs.promoted(pipeline, 3));

        assertThat(log().aliases(pipeline))
                .containsEntry("champion", Runs.version(3))
                .doesNotContainKeys("challenger", "challenger-gru");
    }

    @Test
    void aRollbackBringsTheChampionBackAndMakesTheOtherAChallenger() throws Exception {
        logged(Runs.promoted(pipeline, 1), Runs.promoted(pipeline, 2));

        log(served(Runs.version(1), Runs.version(2)));
        log(served(Runs.version(1), Runs.version(2)));

        assertThat(log().aliases(pipeline))
                .containsEntry("champion", Runs.version(1))
                .containsEntry("champion-gru", Runs.version(1))
                .containsEntry("challenger", Runs.version(2));
    }

    @Test
    void aRollbackToAnUnknownVersionLeavesNoChampion() throws Exception {
        logged(Runs.promoted(pipeline, 1));

        log(served("shipped", Runs.version(1)));

        assertThat(log().aliases(pipeline))
                .doesNotContainKeys("champion", "champion-gru")
                .containsEntry("challenger", Runs.version(1));
    }

    @Test
    void knowsNoAliasesOfAnUnknownPipeline() throws Exception {
        assertThat(log().aliases("unknown")).isEmpty();
    }

    private ModelChange served(String version, String before) {
        return new ModelChange(pipeline, Runs.FEATURE, "gru", version, before, Runs.START, "a test", null);
    }

    private void logged(RunRecord... runs) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        for (RunRecord run : runs) {
            RunFiles files = new RunFiles(data.resolve("runs").resolve(Runs.key(run)));
            log(data, run, Runs.files(files, run));
        }
    }

    private List<RunSummary> ours() throws IOException, InterruptedException {
        return log().newest(1000).stream()
                .filter(run -> run.pipeline().equals(pipeline))
                .toList();
    }
}
