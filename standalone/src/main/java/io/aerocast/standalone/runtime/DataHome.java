package io.aerocast.standalone.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory that holds everything AeroCast writes. A marker file distinguishes it from other directories, so
/// that AeroCast never fills or removes a directory of something else.
public final class DataHome {

    static final String MARKER = ".aerocast-data";
    private static final String LOCK = ".lock";

    private final Path root;

    private DataHome(Path root) {
        this.root = root;
    }

    /// The data directory at a path. Creates and marks it if the path does not exist or is empty.
    ///
    /// @throws CommandFailure if the path holds something else
    public static DataHome open(Path path) {
        DataHome directory = new DataHome(path.toAbsolutePath().normalize());
        try {
            directory.claim();
        } catch (IOException e) {
            throw new CommandFailure("Cannot use %s as the data directory: %s".formatted(path, e), e);
        }
        return directory;
    }

    /// Removes a data directory with its contents.
    ///
    /// @return false if the path does not exist
    /// @throws CommandFailure if the directory is in use or is no data directory of AeroCast
    public static boolean remove(Path path) {
        DataHome directory = new DataHome(path.toAbsolutePath().normalize());
        if (Files.notExists(directory.root)) {
            return false;
        }
        if (!directory.marked()) {
            throw new CommandFailure(
                    "%s is not a data directory of AeroCast (no file %s): nothing was removed".formatted(path, MARKER));
        }
        try (Lock _ = directory.lock()) {
            directory.deleteAll();
        } catch (IOException e) {
            throw new CommandFailure("Cannot remove %s: %s".formatted(path, e), e);
        }
        return true;
    }

    public Path root() {
        return root;
    }

    /// A file or directory in it.
    public Path resolve(String relative) {
        return root.resolve(relative);
    }

    /// The log file of the services.
    public Path log() {
        return root.resolve("logs").resolve("aerocast.log");
    }

    /// Reserves the directory for this process until the lock is closed.
    ///
    /// @throws CommandFailure if another process has reserved it
    public Lock lock() {
        try {
            return new Lock(root.resolve(LOCK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void claim() throws IOException {
        if (marked()) {
            return;
        }
        Files.createDirectories(root);
        if (!empty()) {
            throw new CommandFailure(("%s is not empty and not a data directory of AeroCast (no file %s): "
                            + "choose another with --data-dir")
                    .formatted(root, MARKER));
        }
        Files.writeString(root.resolve(MARKER), "AeroCast keeps its data here. 'aerocast clean' removes it.\n");
    }

    private boolean marked() {
        return Files.isRegularFile(root.resolve(MARKER));
    }

    private boolean empty() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.findAny().isEmpty();
        }
    }

    /// Deletes the marker last, so that an interrupted removal can be repeated.
    private void deleteAll() throws IOException {
        Path marker = root.resolve(MARKER);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(marker)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                if (directory.equals(root)) {
                    Files.deleteIfExists(marker);
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// A reserved data directory.
    public static final class Lock implements AutoCloseable {

        private final FileChannel channel;

        private Lock(Path file) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!acquired()) {
                channel.close();
                throw new CommandFailure(
                        "The data directory %s is in use by another aerocast: stop that one, or choose "
                                        .formatted(file.getParent())
                                + "another with --data-dir");
            }
        }

        private boolean acquired() throws IOException {
            try {
                @Nullable FileLock lock = channel.tryLock();
                return lock != null;
            } catch (OverlappingFileLockException _) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
