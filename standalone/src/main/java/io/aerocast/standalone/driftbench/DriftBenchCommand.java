package io.aerocast.standalone.driftbench;

import io.aerocast.forecast.GruModel;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.backtest.BacktestProgress;
import io.aerocast.training.fit.Fitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aerocast drift-bench`.
@Command(
        name = "drift-bench",
        description = {
            "Measure the drift detection on hourly readings of a weather station: fit the models on the first part of a "
                    + "data set, serve the rest, and change the readings in many ways at many times.",
            "FILE is a CSV or parquet file of the pipeline noaa, or a data directory (see docs/data.md); of several "
                    + "stations, the one with the most observations is taken."
        })
public final class DriftBenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The observations.")
    private Path file = Path.of("");

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "30",
            description = "Times at which each change begins (default: 30).")
    private int starts = 30;

    @Option(
            names = "--calm-starts",
            paramLabel = "N",
            defaultValue = "20",
            description = "Times at which the detector begins to watch unchanged readings (default: 20).")
    private int calmStarts = 20;

    @Option(
            names = "--train-share",
            paramLabel = "SHARE",
            defaultValue = "0.3333",
            description = "Part of the time that the models are fitted on (default: a third).")
    private double share = 0.3333;

    @Option(names = "--json", description = "Print the result as one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--scenario",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only the changes whose title contains the text.")
    private String title = "";

    @Option(
            names = "--dump",
            paramLabel = "DIR",
            description =
                    "Write the result (aerocast.json) and the streams of errors (errors.csv) for other detectors.")
    private @Nullable Path dump;

    @Override
    public void run() {
        requireUsage();
        Screen screen = Screen.standardError();
        try (screen) {
            DriftBench.Result result = result(screen);
            screen.close();
            String name = String.valueOf(file.getFileName());
            if (dump != null) {
                Files.writeString(dump.resolve("aerocast.json"), BenchTable.json(name, result));
            }
            if (json) {
                System.out.println(BenchTable.json(name, result));
            } else {
                BenchTable.lines(name, result).forEach(System.out::println);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Cannot measure on %s: %s".formatted(file, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("There is no file %s".formatted(e.getFile()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("Cannot measure on %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private DriftBench.Result result(Screen screen) throws IOException {
        Pipeline pipeline = Pipelines.builtIn().require("noaa");
        BacktestProgress progress = progress(screen);
        ReadingGrid grid =
                ReadingGrid.of(pipeline, ObservationFile.read(file, pipeline).observations());
        TrainingSettings settings = TrainerSettings.read().training();
        int most = settings.split().maximumSamples();
        Served served = Served.fit(grid, share, settings.fitters(), most, progress);
        Served refitted = Served.fit(served.grid(), 1, quick(settings), most, progress);
        try (Writer errors = errors()) {
            ErrorStreams streams = new ErrorStreams(served.grid().pipeline(), errors);
            return new DriftBench(served, refitted.models(), starts, calmStarts, scenarios(served), streams, progress)
                    .run();
        }
    }

    /// Networks take minutes to fit, and add little to the blend of the others.
    private static List<Fitter> quick(TrainingSettings settings) {
        return settings.fitters().stream()
                .filter(fitter -> !fitter.kind().equals(GruModel.KIND))
                .toList();
    }

    private List<Scenario> scenarios(Served served) {
        List<Scenario> all = Scenario.of(served.grid().pipeline()).stream()
                .filter(scenario ->
                        scenario.feature() == null || served.models().containsKey(scenario.feature()))
                .toList();
        List<Scenario> chosen = all.stream()
                .filter(scenario -> scenario.title().contains(title))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("expected a part of one of the titles %s, found '%s'"
                    .formatted(all.stream().map(Scenario::title).toList(), title));
        }
        return chosen;
    }

    private Writer errors() throws IOException {
        return dump == null
                ? Writer.nullWriter()
                : Files.newBufferedWriter(Files.createDirectories(dump).resolve("errors.csv"));
    }

    private void requireUsage() {
        if (starts < 1 || calmStarts < 1) {
            throw usage("There is at least 1 start, found %d and %d".formatted(starts, calmStarts));
        }
        if (!(share > 0 && share < 1)) {
            throw usage("The share of time to fit on lies between 0 and 1, found %s".formatted(share));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static BacktestProgress progress(Screen screen) {
        return (what, fraction) -> screen.show(List.of(
                Line.empty().add(Pictures.bar(fraction, 24)).plain("  %3.0f %%  %s".formatted(100 * fraction, what))));
    }
}
