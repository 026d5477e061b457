package io.aerocast.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataHomeTest {

    @TempDir
    Path parent;

    @Test
    void isCreatedAndRecognisedLater() {
        Path path = parent.resolve("a/b");

        assertThat(DataHome.open(path).root()).isDirectory();
        assertThat(DataHome.open(path).root()).isEqualTo(path.toAbsolutePath());
    }

    @Test
    void refusesAForeignDirectory() throws IOException {
        Files.writeString(parent.resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> DataHome.open(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not empty and not a data directory of AeroCast")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void removesItsContents() throws IOException {
        DataHome directory = DataHome.open(parent.resolve("data"));
        Files.createDirectories(directory.resolve("kafka/log"));
        Files.writeString(directory.resolve("kafka/log/segment"), "x");

        assertThat(DataHome.remove(directory.root())).isTrue();
        assertThat(directory.root()).doesNotExist();
        assertThat(parent).exists();
        assertThat(DataHome.remove(directory.root())).isFalse();
    }

    @Test
    void refusesToRemoveADirectoryOfSomebodyElse() throws IOException {
        Path file = Files.writeString(parent.resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> DataHome.remove(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not a data directory of AeroCast");
        assertThat(file).exists();
    }

    @Test
    void keepsTheTargetOfALink() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Path file = Files.writeString(outside.resolve("keep"), "x");
        DataHome directory = DataHome.open(parent.resolve("data"));
        Files.createSymbolicLink(directory.resolve("link"), outside);

        DataHome.remove(directory.root());

        assertThat(file).exists();
    }

    @Test
    void isLockedByOneProcessAtATime() {
        DataHome directory = DataHome.open(parent.resolve("data"));
        try (DataHome.Lock _ = directory.lock()) {
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("is in use by another aerocast")
                    .hasMessageContaining("--data-dir");
            assertThatThrownBy(() -> DataHome.remove(directory.root())).hasMessageContaining("in use");
        }
        directory.lock().close();
    }
}
