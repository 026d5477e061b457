package io.aerocast.ingest.source;

import io.aerocast.csv.CsvLines;
import io.aerocast.event.Checksum;
import io.aerocast.observation.ObservationCsv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file of observations, or the one that AeroCast ships: hourly observations of John F. Kennedy airport in 2013,
/// made by `src/main/python/kjfk_2013.py`.
///
/// @param name the file's name
/// @param file where it lies; `null` for the one that is shipped
record Archive(String name, @Nullable Path file) {

    private static final String SHIPPED = "KJFK-2013.csv.gz";

    static Archive of(@Nullable Path file) {
        return file == null ? new Archive(SHIPPED, null) : new Archive(String.valueOf(file.getFileName()), file);
    }

    /// Its lines, unpacked where the name ends in `.gz`.
    CsvLines open() throws IOException {
        return ObservationCsv.open(name, bytes());
    }

    /// What it holds, in 12 characters: a file that was moved is the same, one that was changed is another.
    String fingerprint() throws IOException {
        try (InputStream in = bytes()) {
            return Checksum.of(in).substring(0, 12);
        }
    }

    private InputStream bytes() throws IOException {
        if (file != null) {
            return Files.newInputStream(file);
        }
        InputStream shipped = Archive.class.getResourceAsStream(SHIPPED);
        if (shipped == null) {
            throw new IOException("The resource %s is missing from ingest-service".formatted(SHIPPED));
        }
        return shipped;
    }
}
