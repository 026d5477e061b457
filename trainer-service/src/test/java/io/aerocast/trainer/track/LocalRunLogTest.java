package io.aerocast.trainer.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunLogTest extends RunLogContract {

    @Override
    protected RunLog log(Path data) {
        return new LocalRunLog(new DataDirectory(data));
    }

    @Test
    void readsBackARunAsItWas(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        TrackedRun run = Runs.promoted("sim", 2);

        log.log(run, Runs.files(log.files(run.key()), run));

        assertThat(log.find(run.key())).contains(run);
        assertThat(log.find("sim", "gru", Runs.version(2))).contains(run);
        assertThat(log.find("sim", "seasonal", Runs.version(2))).isEmpty();
        assertThat(log.find("other/gru")).isEmpty();
    }

    @Test
    void aRunThatCannotBeReadLeavesTheOthersReadable(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        TrackedRun run = Runs.promoted("sim", 1);
        log.log(run, log.files(run.key()));
        for (String bad : new String[] {"{\"schema\": 1", "{\"schema\": 2}"}) {
            Path file = data.resolve("runs/bad/gru/run.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, bad);

            assertThat(log.newest(10)).hasSize(1);
            assertThatThrownBy(() -> log.find("bad/gru"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("run.json");
        }
    }

    @Test
    void aliasesThatCannotBeReadAreSetAside(@TempDir Path data) throws IOException {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        Files.createDirectories(data.resolve("models"));
        Files.writeString(data.resolve("models/aliases.json"), "{");

        log.log(Runs.promoted("sim", 1), log.files("a/gru"));

        assertThat(log.aliases("sim")).containsEntry("champion", Runs.version(1));
        assertThat(data.resolve("models/aliases.json.broken")).hasContent("{");
    }

    @Test
    void whatACrashLeftBelongsToNoRun(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("verdict.json"), "{}");
        Files.writeString(data.resolve(".verdict.json.1.tmp"), "{");

        assertThat(RunFiles.below(data)).containsExactly(data.resolve("verdict.json"));
    }

    @Test
    void keepsNothingOutsideOfItsDirectory(@TempDir Path data) {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));

        assertThatThrownBy(() -> log.files("../models/gru")).hasMessageContaining("'../models/gru'");
    }
}
