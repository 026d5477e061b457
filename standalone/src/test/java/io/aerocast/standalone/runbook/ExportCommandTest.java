package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.standalone.AeroCast;
import io.aerocast.training.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {GruModel.KIND, SeasonalModel.KIND})
    void writesEveryKindAsOnnx(String kind) throws IOException {
        byte[] artifact = ShippedModels.find("sim", "temperature", kind).orElseThrow();
        Path file = Files.write(directory.resolve("sim.aerocast"), artifact);
        Path out = directory.resolve("sim.onnx");

        assertThat(AeroCast.run("export", file.toString(), "--out", out.toString()))
                .isZero();

        assertThat(Files.readAllBytes(out)).isEqualTo(OnnxExport.write(ModelArtifact.read(artifact)));
    }

    @Test
    void refusesAFileThatIsNoModel() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no model");
        Path out = directory.resolve("model.onnx");

        assertThat(AeroCast.run("export", text.toString(), "--out", out.toString()))
                .isEqualTo(1);
        assertThat(out).doesNotExist();
    }
}
