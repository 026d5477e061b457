package io.aerocast.standalone.runtime;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option `--data-dir`.
public final class DataOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:AEROCAST_DATA_DIR:-.aerocast}",
            description = "Where everything is kept (default: $AEROCAST_DATA_DIR, or .aerocast).")
    private Path path = Path.of(".aerocast");

    /// As the user gave it.
    public Path path() {
        return path;
    }

    /// The directory, created where there is none.
    ///
    /// @throws CommandFailure if something else is there
    public DataHome open() {
        return DataHome.open(path);
    }
}
