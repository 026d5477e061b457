package io.aerocast.standalone.runbook;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.training.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aerocast export`.
@Command(
        name = "export",
        description = {
            "Write a model as an ONNX file, for other runtimes: raw units in, forecasts and intervals out.",
            "Artifacts of every training are in the directory models of the data directory."
        })
public final class ExportCommand implements Runnable {

    @Parameters(paramLabel = "ARTIFACT", description = "The model file to read (.aerocast).")
    private Path artifact = Path.of("model.aerocast");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ONNX file to write.")
    private Path out = Path.of("model.onnx");

    @Override
    public void run() {
        try {
            ForecastModel model = ModelArtifact.read(Files.readAllBytes(artifact));
            byte[] onnx = OnnxExport.write(model);
            Files.write(out, onnx);
            Screen.standardError()
                    .print(Line.of("wrote %s (%,d bytes), version %s of %s"
                            .formatted(
                                    out,
                                    onnx.length,
                                    model.card().version(),
                                    model.card().pipeline())));
        } catch (UnreadableModelException e) {
            throw new CommandFailure("Cannot read %s: %s".formatted(artifact, e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailure("Cannot export: %s".formatted(e), e);
        }
    }
}
