package io.aerocast.standalone.backtest;

import io.aerocast.forecast.ModelKinds;
import io.aerocast.observation.ObservationFile;
import io.aerocast.observation.ObservationFile.Rejection;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.runbook.PipelineOption;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.training.Training;
import io.aerocast.training.backtest.Backtest;
import io.aerocast.training.backtest.BacktestProgress;
import io.aerocast.training.backtest.BacktestResult;
import io.aerocast.training.report.BacktestReport;
import io.aerocast.training.report.ReportPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aerocast backtest`.
@Command(
        name = "backtest",
        description = {
            "Measure how good the models would have been: fit them on the first part of a data set, forecast the rest in "
                    + "order of time, and compare them with persistence and the seasonal naive forecast.",
            "FILE is a CSV file, also gzipped, or a parquet file, with the columns station,ts and the pipeline's features "
                    + "(see docs/data.md), or a data directory, whose landed windows are read."
        })
public final class BacktestCommand implements Runnable {

    private static final String ALL = "all";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Parameters(paramLabel = "FILE", description = "The observations.")
    private Path file = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "KIND",
            defaultValue = ALL,
            description = "gru, seasonal, ridge or all (default: all). They are blended, together with persistence.")
    private String model = ALL;

    @Option(
            names = {"--feature", "--target"},
            paramLabel = "NAME",
            description = "Forecast this target alone (default: all targets of the pipeline).")
    private @Nullable String feature;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Test in N folds, with new fits for each (default: 1).")
    private int folds = 1;

    @Option(
            names = "--train-share",
            paramLabel = "SHARE",
            defaultValue = "0.75",
            description = "Part of the time before the first fold (default: 0.75, so that the last quarter tests).")
    private double share = 0.75;

    @Option(names = "--json", description = "Print the result as one JSON object on standard output.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page with plots, one HTML file.")
    private @Nullable Path report;

    @Override
    public void run() {
        requireUsage();
        requireWritable();
        Screen screen = Screen.standardError();
        try (screen) {
            Training training = new Training(TrainerSettings.read().training());
            long start = System.nanoTime();
            Pipeline of = pipeline.pipeline();
            screen.show(List.of(Line.of("reading %s".formatted(file))));
            ObservationFile read = ObservationFile.read(file, of);
            List<BacktestResult> results = results(training, of, read, screen);
            screen.close();
            print(
                    new BacktestReport(
                            String.valueOf(file.getFileName()),
                            read.rejections().stream().map(Rejection::toString).toList(),
                            results,
                            seconds(start)),
                    screen);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Cannot test on %s: %s".formatted(file, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("There is no file %s".formatted(e.getFile()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("Cannot test on %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private List<BacktestResult> results(Training training, Pipeline of, ObservationFile read, Screen screen) {
        Backtest backtest = training.backtest(model.equals(ALL) ? ModelKinds.TRAINED : List.of(model));
        List<Pipeline> views = feature == null ? of.views() : List.of(of.view(feature));
        List<BacktestResult> results = new ArrayList<>();
        for (Pipeline view : views) {
            BacktestProgress part = (what, fraction) -> progress(screen)
                    .at("%s: %s".formatted(view.target().name(), what), (results.size() + fraction) / views.size());
            results.add(backtest.run(view, read.observations(), share, folds, part));
        }
        return results;
    }

    private void requireUsage() {
        if (!model.equals(ALL) && !ModelKinds.TRAINED.contains(model)) {
            throw usage(
                    "Unknown model '%s' (known: %s, %s)".formatted(model, String.join(", ", ModelKinds.TRAINED), ALL));
        }
        if (feature != null && !pipeline.pipeline().targets().contains(feature)) {
            throw usage("Pipeline %s does not forecast '%s' (its targets: %s)"
                    .formatted(
                            pipeline.pipeline().name(),
                            feature,
                            String.join(", ", pipeline.pipeline().targets())));
        }
        if (folds < 1) {
            throw usage("There is at least 1 fold, found %d".formatted(folds));
        }
        if (!(share > 0 && share < 1)) {
            throw usage("The share of time before the first fold lies between 0 and 1, found %s".formatted(share));
        }
    }

    /// Checked before the work, not after it.
    private void requireWritable() {
        if (report == null) {
            return;
        }
        Path directory = report.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw usage("There is no directory %s to write the report to".formatted(directory));
        }
        if (Files.isDirectory(report)) {
            throw usage("Cannot write the report %s: it is a directory".formatted(report));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private void print(BacktestReport outcome, Screen screen) {
        if (json) {
            System.out.println(BacktestJson.of(outcome));
        } else {
            ScoreTable.lines(outcome).forEach(System.out::println);
        }
        if (report != null) {
            write(report, outcome);
            screen.print(Line.of("wrote %s".formatted(report)));
        }
    }

    private static void write(Path report, BacktestReport outcome) {
        try {
            Files.writeString(report, ReportPage.html(outcome));
        } catch (IOException e) {
            throw new CommandFailure("Cannot write the report %s: %s".formatted(report, e.getMessage()), e);
        }
    }

    private static BacktestProgress progress(Screen screen) {
        return (what, fraction) -> screen.show(List.of(
                Line.empty().add(Pictures.bar(fraction, 24)).plain("  %3.0f %%  %s".formatted(100 * fraction, what))));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
