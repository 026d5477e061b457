package io.aerocast.trainer.signal;

import io.aerocast.event.Checksum;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A file that requests a training: lines `key=value` with the keys `pipeline`, `feature`, `reason` and `note`, all
/// of them optional; empty lines and lines that start with `#` are skipped.
///
/// @param modified when the file was written
/// @param content the file's bytes
record RetrainFlag(Instant modified, byte[] content) {

    private static final int MAXIMUM_BYTES = 16 << 10;
    private static final Set<String> KEYS = Set.of("pipeline", "feature", "reason", "note");
    private static final String NO_NOTE = "a retrain.flag in the data directory";

    /// Reads the flag at a path.
    ///
    /// @return empty if there is none
    /// @throws IOException if there is one that cannot be read
    /// @throws IllegalArgumentException if it is too large
    static Optional<RetrainFlag> at(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > MAXIMUM_BYTES) {
                throw new IllegalArgumentException(
                        "a flag holds at most %d bytes, found %d".formatted(MAXIMUM_BYTES, size));
            }
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(new RetrainFlag(modified, Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// The signal that it requests. The same flag gives the same signal, however often it is read.
    ///
    /// @param defaultPipeline the pipeline where the flag names none
    /// @throws IllegalArgumentException if it is no flag; the message names the expected and the found content
    RetrainSignal signal(String defaultPipeline) {
        Map<String, String> values = values();
        return new RetrainSignal(
                id(),
                values.getOrDefault("pipeline", defaultPipeline),
                RetrainReason.of(values.getOrDefault("reason", RetrainReason.MANUAL.label())),
                modified,
                null,
                values.get("feature"),
                null,
                values.getOrDefault("note", NO_NOTE),
                Map.of());
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        text().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    String key = equals < 0 ? "" : line.substring(0, equals).strip();
                    if (!KEYS.contains(key)) {
                        throw new IllegalArgumentException(
                                "expected lines pipeline=…, feature=…, reason=… or note=…, found '%s'".formatted(line));
                    }
                    String value = line.substring(equals + 1).strip();
                    if (!value.isEmpty()) {
                        values.put(key, value);
                    }
                });
        return values;
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("expected UTF-8 text, found other bytes");
        }
    }

    private String id() {
        byte[] time = modified.toString().getBytes(StandardCharsets.UTF_8);
        return "flag-" + Checksum.of(content, time).substring(0, 16);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetrainFlag(Instant at, byte[] bytes)
                && modified.equals(at)
                && Arrays.equals(content, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * modified.hashCode() + Arrays.hashCode(content);
    }
}
