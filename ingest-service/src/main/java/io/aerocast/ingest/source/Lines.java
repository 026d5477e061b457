package io.aerocast.ingest.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The lines of a stream as the bytes they are, without their ends. Of a line longer than 64 KiB, which no observation
/// is, only the first 64 KiB are kept, so that no file can exhaust the memory.
final class Lines implements Closeable {

    private static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private long number;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /// The next line; empty at the end.
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < LONGEST) {
                line.write(b);
            }
        }
        number++;
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return Optional.of(java.util.Arrays.copyOf(bytes, length));
    }

    /// The number of the latest line, beginning with 1.
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
