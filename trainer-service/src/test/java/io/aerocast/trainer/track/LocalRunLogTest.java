package io.aerocast.trainer.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunLogTest extends RunLogContract {

    @Override
    protected RunLog log(Path data) {
        return new LocalRunLog(new DataDirectory(data));
    }

    @Override
    protected void log(Path data, RunRecord run, RunFiles files) throws IOException {
        log(data, new LocalRunLog(new DataDirectory(data)), run);
    }

    @Override
    protected void log(Path data, ModelChange change) throws IOException {
        new LocalRunLog(new DataDirectory(data)).log(change);
    }

    @Test
    void readsBackARunAsItWas(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        TrackedRun run = log(data, log, Runs.promoted("sim", 2));

        assertThat(log.find(run.key())).contains(run);
        assertThat(log.find(new ModelId("sim", Runs.FEATURE, "gru", Runs.version(2))))
                .contains(run);
        assertThat(log.find(new ModelId("sim", Runs.FEATURE, "seasonal", Runs.version(2))))
                .isEmpty();
        assertThat(log.find("other/gru")).isEmpty();
    }

    @Test
    void aRunThatCannotBeReadLeavesTheOthersReadable(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        log(data, log, Runs.promoted("sim", 1));
        for (String bad : new String[] {"{\"schema\": 1", "{\"schema\": 4}"}) {
            Files.writeString(data.resolve("runs/bad.json"), bad);

            assertThat(log.newest(10)).hasSize(1);
            assertThatThrownBy(() -> log.find("bad/gru"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("bad.json");
        }
    }

    @Test
    void aliasesThatCannotBeReadAreSetAside(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        Files.createDirectories(data.resolve("models"));
        Files.writeString(data.resolve("models/aliases.json"), "{");

        log(data, log, Runs.promoted("sim", 1));

        assertThat(log.aliases("sim")).containsEntry("champion", Runs.version(1));
        assertThat(data.resolve("models/aliases.json.broken")).hasContent("{");
    }

    @Test
    void aRunIsListedOnceItIsLogged(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        RunRecord run = Runs.keep(data, Runs.promoted("sim", 1));
        assertThat(log.newest(10)).isEmpty();
        assertThat(log.find(new ModelId("sim", Runs.FEATURE, "gru", Runs.version(1))))
                .isEmpty();

        log(data, log, run);

        assertThat(log.newest(10)).hasSize(1);
        assertThat(new RunRecords(new DataDirectory(data))
                        .find(run.id())
                        .orElseThrow()
                        .tracked())
                .containsExactly("gru");
    }

    @Test
    void theVerdictIsReadFromTheRecord(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        TrackedRun run = log(data, log, Runs.held("sim", 2));

        assertThat(new String(log.artifact(run.key(), "verdict.json"), StandardCharsets.UTF_8))
                .contains(
                        "\"verdict\" : \"held\"",
                        "\"champion\" : \"%s\"".formatted(Runs.version(1)),
                        "\"rmse.h24\" : 2.5");
    }

    @Test
    void filesThatACrashLeftBelongToNoRun(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("verdict.json"), "{}");
        Files.writeString(data.resolve(".verdict.json.1.tmp"), "{");

        assertThat(RunFiles.below(data)).containsExactly(data.resolve("verdict.json"));
    }

    @Test
    void keepsNoFilesOutsideOfItsDirectory(@TempDir Path data) {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));

        assertThatThrownBy(() -> log.files("../models/gru")).hasMessageContaining("'../models/gru'");
    }

    private static TrackedRun log(Path data, LocalRunLog log, RunRecord run) throws IOException {
        log.track(Runs.keep(data, run), Runs.outcome(run).kind());
        return Runs.tracked(run);
    }
}
