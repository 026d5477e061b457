package io.aerocast.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Reads a CSV file line by line. Lines end with LF or CRLF; the end of the last line may be missing.
public final class CsvLines implements Closeable {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final InputStream in;
    private final int longest;
    private long number;

    private CsvLines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.longest = longest;
    }

    /// Opens a stream. Of a longer line only the first bytes are kept, so that no file can exhaust the memory.
    ///
    /// @param name of the file; the stream is decompressed if it ends in `.gz`
    /// @param raw closed by [#close], or here if it cannot be decompressed
    /// @param longest maximum bytes of a line
    public static CsvLines open(String name, InputStream raw, int longest) throws IOException {
        try {
            return new CsvLines(name.endsWith(".gz") ? new GZIPInputStream(raw) : raw, longest);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /// Reads the first line of a file; empty if the file is.
    ///
    /// @throws IOException if the file does not exist or cannot be read
    public static Optional<CsvLine> first(Path file) throws IOException {
        try (CsvLines lines = open(file)) {
            return lines.next();
        }
    }

    /// Reads all lines of a file, whatever their length.
    ///
    /// @throws IOException if the file does not exist or cannot be read
    public static List<CsvLine> all(Path file) throws IOException {
        List<CsvLine> all = new ArrayList<>();
        try (CsvLines lines = open(file)) {
            for (Optional<CsvLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                all.add(line.get());
            }
        }
        return all;
    }

    private static CsvLines open(Path file) throws IOException {
        return open(String.valueOf(file.getFileName()), Files.newInputStream(file), UNLIMITED);
    }

    /// Reads the next line; empty at the end.
    public Optional<CsvLine> next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < longest) {
                line.write(b);
            }
        }
        return Optional.of(new CsvLine(++number, withoutCarriageReturn(line.toByteArray())));
    }

    /// The number of the latest line; 0 before the first.
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        int last = line.length - 1;
        return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
    }
}
