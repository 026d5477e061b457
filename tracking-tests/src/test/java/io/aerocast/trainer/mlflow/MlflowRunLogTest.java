package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.track.RunLog;
import io.aerocast.trainer.track.RunLogContract;
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
    protected RunLog log(Path data) throws IOException {
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

    @AfterEach
    void closeAll() {
        opened.forEach(MlflowRunLog::close);
    }
}
