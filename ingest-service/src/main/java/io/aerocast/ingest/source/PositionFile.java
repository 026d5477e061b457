package io.aerocast.ingest.source;

import io.aerocast.lake.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The position of a source, in a small file that is replaced atomically. One thread writes it.
record PositionFile(Path path) {

    /// The position; 0 if the file does not exist yet.
    ///
    /// @throws IOException if the file cannot be read or does not contain a position
    long read() throws IOException {
        try {
            String text = Files.readString(path).strip();
            if (!text.matches("\\d{1,18}")) {
                throw new IOException(
                        "Expected a position in %s, found '%s'; delete the file to begin again".formatted(path, text));
            }
            return Long.parseLong(text);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    void write(long position) throws IOException {
        AtomicFile.replaceByOneWriter(path, (position + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
