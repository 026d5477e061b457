package io.aerocast.trainer.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of one tracked run:
///
/// ```
/// run.json                 the run (TrackedRun)
/// artifacts/               for people and for AeroCast: model.aerocast, verdict.json, features.json, plots/
/// model/                   for everybody else: model.onnx, input_example.json
/// ```
///
/// @param directory holds them, and may not exist
public record RunFiles(Path directory) {

    /// The run's own record.
    Path record() {
        return directory.resolve("run.json");
    }

    /// What belongs to the run.
    public Path artifacts() {
        return directory.resolve("artifacts");
    }

    /// The model as others load it; missing where there was no candidate.
    public Path model() {
        return directory.resolve("model");
    }

    /// The files below a directory, sorted by name, without hidden ones, which a crash may leave. There are none where
    /// there is no such directory.
    ///
    /// @throws IOException if they cannot be listed
    public static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
