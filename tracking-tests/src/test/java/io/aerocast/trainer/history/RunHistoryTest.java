package io.aerocast.trainer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.history.RunHistory.Entry;
import io.aerocast.trainer.history.RunHistory.Listing;
import io.aerocast.trainer.mlflow.MlflowProperties;
import io.aerocast.trainer.mlflow.MlflowRunLog;
import io.aerocast.trainer.mlflow.MlflowServer;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.track.LocalRunLog;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {

    private static final String KEY = "aerocast.trainer.mlflow.tracking-uri";

    @TempDir
    Path data;

    @AfterEach
    void clearServer() {
        System.clearProperty(KEY);
    }

    @Test
    void listsTheDataDirectoryWhereThereIsNoServer() throws Exception {
        local(Runs.promoted("history", 1));
        local(Runs.held("history", 2));

        try (RunHistory history = new RunHistory(data)) {
            Listing listing = history.newest(10);

            assertThat(listing.server()).isNull();
            assertThat(listing.trouble()).isNull();
            assertThat(listing.entries())
                    .extracting(entry -> entry.run().version(), Entry::aliases)
                    .containsExactly(
                            tuple(Runs.version(2), List.of("challenger", "challenger-gru")),
                            tuple(Runs.version(1), List.of("champion", "champion-gru")));
            assertThat(history.newest(1).entries()).hasSize(1);
        }
    }

    @Test
    void showsWhereEachRunIsLogged() throws Exception {
        MlflowServer server = MlflowServer.shared();
        RunRecord both = Runs.promoted("history-both", 1);
        local(both);
        local(Runs.held("history-both", 2));
        try (MlflowRunLog log = MlflowRunLog.of(new MlflowProperties(
                server.uri().toString(),
                null,
                null,
                null,
                null,
                null,
                "aerocast",
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)))) {
            log.log(Runs.tracked(both), Runs.files(new RunFiles(data.resolve("files-1")), both));
            RunRecord other = Runs.failed("history-both", 3);
            log.log(Runs.tracked(other), Runs.files(new RunFiles(data.resolve("files-3")), other));
        }
        System.setProperty(KEY, server.uri().toString());

        try (RunHistory history = new RunHistory(data)) {
            assertThat(history.newest(1000).entries().stream()
                            .filter(entry -> entry.run().pipeline().equals("history-both")))
                    .extracting(entry -> entry.run().verdict(), Entry::here, Entry::onServer)
                    .containsExactly(
                            tuple("failed", false, true), tuple("held", true, false), tuple("promoted", true, true));
        }
    }

    @Test
    void aServerThatIsDownLeavesTheRunsOfTheDataDirectory() throws Exception {
        local(Runs.promoted("history", 1));
        System.setProperty(KEY, "http://127.0.0.1:1");

        try (RunHistory history = new RunHistory(data)) {
            Listing listing = history.newest(10);

            assertThat(listing.entries()).hasSize(1);
            assertThat(listing.trouble()).contains("http://127.0.0.1:1").contains("cannot be reached");
        }
    }

    private void local(RunRecord run) throws Exception {
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        Runs.files(log.files(Runs.key(run)), run);
        log.track(Runs.keep(data, run), Runs.outcome(run).kind());
    }
}
