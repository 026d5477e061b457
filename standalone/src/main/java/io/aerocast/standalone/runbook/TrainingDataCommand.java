package io.aerocast.standalone.runbook;

import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `aerocast training-data`.
@Command(
        name = "training-data",
        description = {
            "Write the landed observations as a CSV file of training windows.",
            "Columns: t0_temp,t0_wind,t0_pressure,…,target (noaa) or t0_temp,…,target (sim); a missing reading is an "
                    + "empty cell. With --feature, the columns of that feature come first in each step."
        })
public final class TrainingDataCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private FeatureOption feature = new FeatureOption();

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "24",
            description = "Steps of each window, at least 2 (default: 24).")
    private int window = 24;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path out = Path.of("training.csv");

    @Override
    public void run() {
        if (window < 2) {
            throw new ParameterException(
                    command.commandLine(), "A window has at least 2 steps, found %d".formatted(window));
        }
        try {
            int windows = new Training(TrainerSettings.read().training())
                    .writeTrainingData(
                            feature.view(pipeline.pipeline()),
                            window,
                            data.open().root(),
                            out);
            Screen.standardError()
                    .print(Line.of("wrote %,d windows of %d steps to %s".formatted(windows, window, out)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "%s. 'aerocast demo' or 'aerocast up --noaa --sim' lands some".formatted(e.getMessage()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("Cannot write %s: %s".formatted(out, e), e);
        }
    }
}
