package io.aerocast.standalone.runtime;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option `--data-dir`.
public final class DataOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:AEROCAST_DATA_DIR:-.aerocast}",
            description = "The data directory (default: $AEROCAST_DATA_DIR, or .aerocast).")
    private Path path = Path.of(".aerocast");

    /// The path as given.
    public Path path() {
        return path;
    }

    /// Opens the directory; creates it if it does not exist.
    ///
    /// @throws CommandFailure if the path holds something else
    public DataHome open() {
        return DataHome.open(path);
    }
}
