package io.aerocast.training;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.Backtest;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.dataset.TrainingCsv;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fits, judges and backtests forecasting models: the facade of the library.
///
/// ```java
/// Training training = Training.withDefaults();
/// List<Sample> samples = training.samples(noaa, Path.of(".aerocast"));
/// TrainedModel trained = training.train("gru", noaa, samples, null, FitProgress.SILENT);
/// ```
///
/// Immutable; may be used by several threads.
public final class Training {

    private final TrainingSettings settings;
    private final List<Fitter> fitters;
    private final Judge judge;

    /// @param settings of all parts
    public Training(TrainingSettings settings) {
        this.settings = settings;
        this.fitters = settings.fitters();
        this.judge = settings.judge();
    }

    /// The library with [TrainingSettings#defaults].
    public static Training withDefaults() {
        return new Training(TrainingSettings.defaults());
    }

    /// A model fitted offline.
    ///
    /// @param model the model
    /// @param artifact the model as bytes, see [ModelArtifact]
    /// @param verdict the decision of the promotion gate; the caller decides what to do with it
    /// @param report the training as some lines of text
    public record TrainedModel(ForecastModel model, byte[] artifact, Verdict verdict, String report) {}

    /// The samples of the observations that have landed in a data directory.
    ///
    /// @param dataDirectory by convention `.aerocast`
    /// @throws java.io.UncheckedIOException if the lake cannot be read
    public List<Sample> samples(Pipeline pipeline, Path dataDirectory) {
        return new LandedData(new Lake(dataDirectory), settings.split().maximumSamples())
                .read(pipeline)
                .samples();
    }

    /// The samples of observations.
    ///
    /// @param observations of the pipeline, of any number of stations, in any order
    /// @return the newest samples, oldest origin first
    /// @throws IllegalArgumentException if an observation is of another pipeline
    public List<Sample> samples(Pipeline pipeline, Collection<Observation> observations) {
        SampleCutter cutter = new SampleCutter(pipeline);
        observations.forEach(cutter::add);
        return cutter.samples(settings.split().maximumSamples());
    }

    /// The samples of a training file, with the pipeline of its header; see [TrainingCsv].
    ///
    /// @throws IOException if the file does not exist or cannot be read
    /// @throws IllegalArgumentException if it holds other windows than the pipeline's
    public Dataset samples(Path csv, Pipeline pipeline) throws IOException {
        return TrainingCsv.read(csv, pipeline);
    }

    /// Writes the landed observations as a training file; see [TrainingCsv].
    ///
    /// @param window rows of each window, at least 2
    /// @return the number of windows
    /// @throws IllegalArgumentException if no window has landed
    /// @throws IOException if the file cannot be written
    public int writeTrainingData(Pipeline pipeline, int window, Path dataDirectory, Path csv) throws IOException {
        Pipeline contract = TrainingCsv.contract(pipeline, window);
        List<Sample> samples = new LandedData(new Lake(dataDirectory), Integer.MAX_VALUE)
                .read(contract)
                .samples();
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("No window of %d steps of pipeline %s has landed in %s"
                    .formatted(window, pipeline.name(), dataDirectory));
        }
        TrainingCsv.write(csv, Dataset.of(contract, samples));
        return samples.size();
    }

    /// Fits a model and judges it on the newest part of the samples.
    ///
    /// @param kind `gru` or `seasonal`
    /// @param samples oldest origin first
    /// @param champion the model that it may start from and is compared with besides persistence, or `null`
    /// @throws IllegalArgumentException if the kind is unknown, the samples are too few, or a kind that needs their
    ///     times is given none
    public TrainedModel train(
            String kind,
            Pipeline pipeline,
            List<Sample> samples,
            @Nullable ForecastModel champion,
            FitProgress progress) {
        return train(kind, pipeline, samples, null, champion, progress);
    }

    /// Fits and judges a model after a change.
    ///
    /// @param changedSince observation time since which samples are recent, or `null` if all are
    TrainedModel train(
            String kind,
            Pipeline pipeline,
            List<Sample> samples,
            @Nullable Instant changedSince,
            @Nullable ForecastModel champion,
            FitProgress progress) {
        Fitter fitter = fitter(kind);
        requireTimes(fitter, samples);
        Split.Parts parts = admitted(pipeline, Split.of(pipeline, samples, changedSince, settings.split()));
        Trial trial = Trial.of(judge, fitter, parts, champion, Look.ONCE, Instant.now(), progress::epoch);
        return new TrainedModel(
                trial.fitted().model(),
                ModelArtifact.write(trial.fitted().model()),
                trial.verdict(),
                Report.of(trial.fitted(), parts, trial.verdict()));
    }

    private Split.Parts admitted(Pipeline pipeline, Split split) {
        return switch (DataAdmission.of(split, judge)) {
            case DataAdmission.Admitted admitted -> admitted.parts();
            case DataAdmission.Vetoed vetoed -> throw refused(pipeline, vetoed.reason());
            case DataAdmission.Refused refused -> throw refused(pipeline, refused.reason());
        };
    }

    private static IllegalArgumentException refused(Pipeline pipeline, String reason) {
        return new IllegalArgumentException("Cannot train on pipeline %s: %s".formatted(pipeline.name(), reason));
    }

    private static void requireTimes(Fitter fitter, List<Sample> samples) {
        if (fitter.needsTime()
                && samples.stream().anyMatch(sample -> sample.lookback().origin() == null)) {
            throw new IllegalArgumentException(
                    ("A %s model needs the time of each window, and a training file has none:"
                                    + " train it on the landed observations")
                            .formatted(fitter.kind()));
        }
    }

    /// A backtest with the settings of [#train].
    ///
    /// @param kinds kinds of model, at least one, see [#kinds]
    /// @throws IllegalArgumentException if a kind is unknown
    public Backtest backtest(List<String> kinds) {
        return new Backtest(
                kinds.stream().map(this::fitter).toList(),
                settings.split(),
                settings.gru().coverage());
    }

    /// The kinds of model that can be trained.
    public List<String> kinds() {
        return fitters.stream().map(Fitter::kind).sorted().toList();
    }

    private Fitter fitter(String kind) {
        return fitters.stream()
                .filter(fitter -> fitter.kind().equals(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Unknown model '%s' (known: %s)".formatted(kind, kinds())));
    }
}
