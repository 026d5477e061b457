package io.aerocast.trainer;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The directories and files of the trainer: landed observations, run records, models.
///
/// @param directory the data directory; default `AEROCAST_DATA_DIR`, or `.aerocast` where that is not set
@ConfigurationProperties(prefix = "aerocast.trainer.data", ignoreUnknownFields = false)
public record DataDirectory(@DefaultValue(".aerocast") Path directory) {

    /// The root of the lake.
    public Path lake() {
        return directory;
    }

    /// The address of the lake, for lineage.
    public URI lakeUri() {
        return lake().toAbsolutePath().toUri();
    }

    /// Run records, one JSON file per run, and the files of each kind of model, one directory per run.
    public Path runs() {
        return directory.resolve("runs");
    }

    /// Artifacts of every candidate, promoted or not.
    public Path models() {
        return directory.resolve("models");
    }

    /// Messages that wait for the tracking server.
    public Path outbox() {
        return directory.resolve("outbox");
    }

    /// A file that asks for a training.
    public Path flag() {
        return directory.resolve("retrain.flag");
    }

    /// A flag that could not be read.
    public Path rejectedFlag() {
        return directory.resolve("retrain.flag.rejected");
    }

    /// Time and result of the last training.
    public Path lastRetrain() {
        return directory.resolve("last_retrain.txt");
    }
}
