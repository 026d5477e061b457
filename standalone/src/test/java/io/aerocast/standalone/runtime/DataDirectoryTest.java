package io.aerocast.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void isMadeWhereThereIsNothingAndRecognisedLater() {
        Path path = parent.resolve("a/b");

        assertThat(DataDirectory.open(path).root()).isDirectory();
        assertThat(DataDirectory.open(path).root()).isEqualTo(path.toAbsolutePath());
    }

    @Test
    void isNotMadeInADirectoryOfSomebodyElse() throws IOException {
        Files.writeString(parent.resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> DataDirectory.open(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not empty and not a data directory of AeroCast")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void removesAllOfItsOwn() throws IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        Files.createDirectories(directory.resolve("kafka/log"));
        Files.writeString(directory.resolve("kafka/log/segment"), "x");

        assertThat(DataDirectory.remove(directory.root())).isTrue();
        assertThat(directory.root()).doesNotExist();
        assertThat(parent).exists();
        assertThat(DataDirectory.remove(directory.root())).isFalse();
    }

    @Test
    void refusesToRemoveADirectoryOfSomebodyElse() throws IOException {
        Path file = Files.writeString(parent.resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> DataDirectory.remove(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not a data directory of AeroCast");
        assertThat(file).exists();
    }

    @Test
    void leavesWhatALinkPointsTo() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Path file = Files.writeString(outside.resolve("keep"), "x");
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        Files.createSymbolicLink(directory.resolve("link"), outside);

        DataDirectory.remove(directory.root());

        assertThat(file).exists();
    }

    @Test
    void belongsToOneAtATime() {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        try (DataDirectory.Lock _ = directory.lock()) {
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("is in use by another aerocast")
                    .hasMessageContaining("--data-dir");
            assertThatThrownBy(() -> DataDirectory.remove(directory.root())).hasMessageContaining("in use");
        }
        directory.lock().close();
    }
}
