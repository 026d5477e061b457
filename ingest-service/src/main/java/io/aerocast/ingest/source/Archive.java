package io.aerocast.ingest.source;

import io.aerocast.csv.CsvLines;
import io.aerocast.event.Checksum;
import io.aerocast.observation.ObservationCsv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file of observations. AeroCast ships one: hourly observations of John F. Kennedy airport in 2013, created by
/// `src/main/python/kjfk_2013.py`.
///
/// @param name name of the file
/// @param file path of the file; `null` for the shipped one
record Archive(String name, @Nullable Path file) {

    private static final String SHIPPED = "KJFK-2013.csv.gz";

    static Archive of(@Nullable Path file) {
        return file == null ? new Archive(SHIPPED, null) : new Archive(String.valueOf(file.getFileName()), file);
    }

    /// Opens the lines of the file, and decompresses them if the name ends in `.gz`.
    CsvLines open() throws IOException {
        return ObservationCsv.open(name, bytes());
    }

    /// Identifies the content, independent of name and directory: the first 12 characters of its checksum.
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
