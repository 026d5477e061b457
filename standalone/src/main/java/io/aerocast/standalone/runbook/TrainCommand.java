package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.training.Training;
import io.aerocast.training.Training.TrainedModel;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.fit.FitProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `aerocast train`.
@Command(
        name = "train",
        description = {
            "Fit a model, judge it on the newest part of the data, and write it to a file.",
            "The data are the landed observations, or a file that 'aerocast training-data' wrote. For a model that a "
                    + "running system is to serve, raise a retrain signal instead (retrain.flag in the data directory)."
        })
public final class TrainCommand implements Runnable {

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private FeatureOption feature = new FeatureOption();

    @Mixin
    private TrainedModelOption model = new TrainedModelOption();

    @Option(names = "--data", paramLabel = "FILE", description = "Train on this CSV file of windows.")
    private @Nullable Path csv;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The model file to write (default: <pipeline>-<feature>-<model>.aerocast in the directory models of the "
                            + "data directory).")
    private @Nullable Path out;

    @Override
    public void run() {
        Screen screen = Screen.standardError();
        try (screen) {
            Training training = new Training(TrainerSettings.read().training());
            TrainedModel trained = csv == null ? onLanded(training, screen) : onFile(training, csv, screen);
            Path file = file();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, trained.artifact());
            screen.close();
            trained.report().lines().forEach(line -> screen.print(Line.of(line)));
            screen.print(Line.of("wrote %s".formatted(file)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("Cannot train: %s".formatted(e), e);
        }
    }

    private TrainedModel onLanded(Training training, Screen screen) {
        Pipeline of = feature.view(pipeline.pipeline());
        return training.train(model.kind(), of, training.samples(of, data.open().root()), null, progress(screen));
    }

    private TrainedModel onFile(Training training, Path file, Screen screen) throws IOException {
        Dataset windows = training.samples(file, feature.view(pipeline.pipeline()));
        return training.train(model.kind(), windows.pipeline(), windows.samples(), null, progress(screen));
    }

    private FitProgress progress(Screen screen) {
        return (epoch, epochs, _, rmse) -> screen.show(List.of(Line.of("fitting the %s  ".formatted(model.kind()))
                .add(Pictures.bar((double) epoch / epochs, 24))
                .plain("  epoch %d, error %.3f".formatted(epoch, rmse))));
    }

    private Path file() {
        Pipeline of = pipeline.pipeline();
        String name = "%s-%s-%s.aerocast".formatted(of.name(), feature.of(of), model.kind());
        return out == null ? data.open().resolve("models").resolve(name) : out;
    }
}
