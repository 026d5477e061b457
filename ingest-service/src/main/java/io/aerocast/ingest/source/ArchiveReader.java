package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.Received;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads an archive as a replay does, but whole and at once.
public final class ArchiveReader {

    private ArchiveReader() {}

    /// Reads the lines of a CSV file of the form that `docs/data.md` tells, also compressed as `.gz`.
    ///
    /// @return in the order of the file; whether they may be believed is still to be checked
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if it has another form
    public static List<Received> read(Path file, Pipeline pipeline) throws IOException {
        Archive archive = Archive.of(file);
        List<Received> all = new ArrayList<>();
        try (Lines lines = archive.open()) {
            CsvForm form = CsvForm.of(pipeline, CsvForm.header(lines));
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                all.add(form.read(line.get(), "%s:%d".formatted(archive.name(), lines.number())));
            }
        }
        return all;
    }
}
