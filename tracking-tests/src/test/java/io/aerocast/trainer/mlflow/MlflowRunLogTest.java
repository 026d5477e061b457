package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.track.ModelChange;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.RunLogContract;
import io.aerocast.trainer.track.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// The run log of a real server.
class MlflowRunLogTest extends RunLogContract {

    private final List<MlflowRunLog> opened = new ArrayList<>();

    @Override
    protected MlflowRunLog log(Path data) throws IOException {
        MlflowRunLog log = MlflowRunLog.of(new MlflowProperties(
                MlflowServer.shared().uri().toString(),
                null,
                null,
                null,
                null,
                null,
                "aerocast",
                Duration.ofSeconds(60),
                Duration.ofSeconds(1)));
        opened.add(log);
        return log;
    }

    @Override
    protected void log(Path data, RunRecord run, RunFiles files) throws IOException, InterruptedException {
        log(data).log(Runs.tracked(run), files);
    }

    @Override
    protected void log(Path data, ModelChange change) throws IOException, InterruptedException {
        log(data).log(change);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(MlflowRunLog::close);
    }
}
