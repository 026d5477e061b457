package io.aerocast.trainer.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of one model in a run, `runs/<run>/<label>/`:
///
/// ```
/// artifacts/               for people and for AeroCast: model.aerocast, features.json, plots/
/// model/                   for other software: model.onnx, input_example.json
/// ```
///
/// @param directory holds them, and may not exist
public record RunFiles(Path directory) {

    /// The artifacts of the run.
    public Path artifacts() {
        return directory.resolve("artifacts");
    }

    /// The model as other software loads it; missing where there was no candidate.
    public Path model() {
        return directory.resolve("model");
    }

    /// The files below a directory, sorted by name, without hidden ones, which a crash may leave. There are none
    /// where there is no such directory.
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
