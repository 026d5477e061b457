package io.aerocast.standalone.runbook;

import io.aerocast.standalone.runtime.DataHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--history`.
final class HistoryOption {

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "The file of forecasts and observed values (default: logs/prediction_history.csv in the data "
                    + "directory).")
    private @Nullable Path file;

    Path file(DataHome directory) {
        return file == null ? directory.resolve("logs/prediction_history.csv") : file;
    }
}
