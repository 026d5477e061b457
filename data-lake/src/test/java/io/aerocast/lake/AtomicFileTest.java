package io.aerocast.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path directory;

    @Test
    void createsAndReplacesAFile() throws IOException {
        Path file = directory.resolve("new").resolve("file");

        AtomicFile.replace(file, bytes("old content"));
        AtomicFile.replace(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryContaining("glob:**/file").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void reusesTheTemporaryFileOfAKilledWriter() throws IOException {
        Path file = directory.resolve("file");
        Path rest = Files.writeString(directory.resolve("file.tmp"), "half of a longer content");

        AtomicFile.replaceByOneWriter(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(rest).doesNotExist();
    }

    @Test
    void leavesTheOldContentWhereTheNewOneFails() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Path temporary = directory.resolve("file.tmp");

        assertThatThrownBy(() -> AtomicFile.replace(file, temporary, path -> {
                    Files.writeString(path, "half of the n");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(temporary).doesNotExist();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
