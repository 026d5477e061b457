package io.aerocast.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/// Replaces files in one step: a reader, or a restart after a crash, finds the old content or the new one, never a
/// part.
public final class AtomicFile {

    private AtomicFile() {}

    /// Replaces the content of a file. Creates the file and its directory where they are missing. Safe for use by
    /// several threads, also for the same file.
    ///
    /// @throws IOException if the content cannot be written; the file is unchanged then
    public static void replace(Path file, byte[] bytes) throws IOException {
        replace(file, ".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID()), bytes);
    }

    /// Replaces the content of a file that has one writer at a time. The temporary file has a fixed name, so that
    /// the next write reuses the one of a killed writer: files that are written often leave no rests behind.
    ///
    /// @throws IOException if the content cannot be written; the file is unchanged then
    public static void replaceByOneWriter(Path file, byte[] bytes) throws IOException {
        replace(file, file.getFileName() + ".tmp", bytes);
    }

    private static void replace(Path file, String temporaryName, byte[] bytes) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file, not the root");
        Files.createDirectories(directory);
        replace(file, directory.resolve(temporaryName), temporary -> write(temporary, bytes));
    }

    /// Replaces a file by a temporary one in the same directory.
    ///
    /// @param content creates the temporary file and syncs it
    static void replace(Path file, Path temporary, Content content) throws IOException {
        try {
            content.write(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /// Writes the content of a file.
    @FunctionalInterface
    interface Content {

        void write(Path file) throws IOException;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
