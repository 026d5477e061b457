package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionFileTest {

    @Test
    void storesAPosition(@TempDir Path directory) throws IOException {
        PositionFile file = new PositionFile(directory.resolve("positions").resolve("simulator"));

        assertThat(file.read()).isZero();
        file.write(41);
        file.write(42);

        assertThat(file.read()).isEqualTo(42);
        assertThat(file.path().getParent()).isDirectoryContaining(f -> f.endsWith("simulator"));
    }

    @Test
    void aKilledWriterLeavesNothingForEver(@TempDir Path directory) throws IOException {
        PositionFile file = new PositionFile(directory.resolve("simulator"));
        Files.writeString(directory.resolve("simulator.tmp"), "41");

        file.write(42);

        assertThat(file.read()).isEqualTo(42);
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void doesNotRestartFromZeroIfThePositionIsInvalid(@TempDir Path directory) throws IOException {
        PositionFile file = new PositionFile(Files.writeString(directory.resolve("p"), "-1"));

        assertThatThrownBy(file::read)
                .hasMessage(
                        "Expected a position in %s, found '-1'; delete the file to begin again".formatted(file.path()));
    }
}
