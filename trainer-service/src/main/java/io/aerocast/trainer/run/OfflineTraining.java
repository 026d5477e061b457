package io.aerocast.trainer.run;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.backtest.Backtest;
import io.aerocast.trainer.check.FlatOutputCheck;
import io.aerocast.trainer.check.FlatOutputProperties;
import io.aerocast.trainer.check.TrainingDataCheck;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.DatasetProperties;
import io.aerocast.trainer.dataset.LandedData;
import io.aerocast.trainer.dataset.Sample;
import io.aerocast.trainer.dataset.Split;
import io.aerocast.trainer.dataset.TrainingCsv;
import io.aerocast.trainer.fit.FitProgress;
import io.aerocast.trainer.fit.FitProperties;
import io.aerocast.trainer.fit.Fitter;
import io.aerocast.trainer.judge.Evidence;
import io.aerocast.trainer.judge.Judge;
import io.aerocast.trainer.judge.JudgeProperties;
import io.aerocast.trainer.judge.Look;
import io.aerocast.trainer.judge.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/// Trains without Kafka, with the service's own parts and configuration keys: for the command line, and for the models
/// that AeroCast ships.
///
/// ```java
/// try (OfflineTraining training = new OfflineTraining(Map.of("aerocast.trainer.fit.epochs", 20))) {
///     List<Sample> samples = training.samples(noaa, Path.of(".aerocast"));
///     TrainedModel trained = training.train("gru", noaa, samples, null, FitProgress.SILENT);
/// }
/// ```
public final class OfflineTraining implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        DatasetProperties.class,
        FitProperties.class,
        FlatOutputProperties.class,
        JudgeProperties.class
    })
    static class Settings {}

    /// @param settings configuration keys `aerocast.trainer.{dataset,fit,check,judge}.*` with their values; those that
    /// are
    ///     not given come from system properties, from the environment, or are the defaults
    public OfflineTraining(Map<String, Object> settings) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("given", settings));
        context.register(Settings.class);
        context.scan(
                Fitter.class.getPackageName(), FlatOutputCheck.class.getPackageName(), Judge.class.getPackageName());
        context.refresh();
    }

    /// A model fitted offline.
    ///
    /// @param model the model
    /// @param artifact its portable form
    /// @param verdict what the judge says of it; the caller decides what to do with it
    /// @param report for a person, some lines
    public record TrainedModel(ForecastModel model, byte[] artifact, Verdict verdict, String report) {}

    /// The samples of what has landed.
    ///
    /// @param dataDirectory such as `.aerocast`
    /// @throws java.io.UncheckedIOException if the lake cannot be read
    public List<Sample> samples(Pipeline pipeline, Path dataDirectory) {
        return new LandedData(new Lake(dataDirectory), settings().maximumSamples())
                .read(pipeline)
                .samples();
    }

    /// The samples of a training file, for the pipeline that it shows; see [TrainingCsv].
    ///
    /// @throws IOException if there is no such file
    /// @throws IllegalArgumentException if it holds other windows than the pipeline's
    public Dataset samples(Path csv, Pipeline pipeline) throws IOException {
        return TrainingCsv.read(csv, pipeline);
    }

    /// Writes what has landed as a training file; see [TrainingCsv].
    ///
    /// @param window rows of each window, at least 2
    /// @return the number of windows
    /// @throws IllegalArgumentException if not one window has landed
    /// @throws IOException if the disk does not take them
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

    /// The same after a change.
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
        if (kind.equals(SeasonalModel.KIND)
                && samples.stream().anyMatch(sample -> sample.lookback().origin() == null)) {
            throw new IllegalArgumentException("A seasonal model needs the time of each window, and a training file has"
                    + " none: train it on the landed observations");
        }
        Split.Parts parts = switch (Split.of(pipeline, samples, changedSince, settings())) {
            case Split.Parts enough -> enough;
            case Split.TooFew few ->
                throw new IllegalArgumentException(
                        "Cannot train on pipeline %s: %s".formatted(pipeline.name(), few.reason()));
        };
        Judge judge = context.getBean(Judge.class);
        judge.veto(parts.quality()).ifPresent(held -> {
            throw new IllegalArgumentException("Cannot train on pipeline %s: %s"
                    .formatted(pipeline.name(), held.reasons().getFirst()));
        });
        TrainingDataCheck.refusal(parts.train()).ifPresent(reason -> {
            throw new IllegalArgumentException("Cannot train on pipeline %s: %s".formatted(pipeline.name(), reason));
        });
        Fitted fitted = Fitted.by(fitter, parts, champion, Instant.now(), progress);
        Verdict verdict = judge.judge(fitted.model(), champion, Evidence.of(parts, Look.ONCE));
        return new TrainedModel(
                fitted.model(), ModelArtifact.write(fitted.model()), verdict, Report.of(fitted, parts, verdict));
    }

    /// A backtest that fits as a training does.
    ///
    /// @param kinds such as `gru`, at least one
    /// @throws IllegalArgumentException if one is unknown
    public Backtest backtest(List<String> kinds) {
        return new Backtest(
                kinds.stream().map(this::fitter).toList(),
                settings(),
                context.getBean(FitProperties.class).coverage());
    }

    /// The kinds of model that can be trained.
    public List<String> kinds() {
        return fitters().stream().map(Fitter::kind).sorted().toList();
    }

    @Override
    public void close() {
        context.close();
    }

    private Fitter fitter(String kind) {
        return fitters().stream()
                .filter(fitter -> fitter.kind().equals(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Unknown model '%s' (known: %s)".formatted(kind, kinds())));
    }

    private Collection<Fitter> fitters() {
        return context.getBeansOfType(Fitter.class).values();
    }

    private DatasetProperties settings() {
        return context.getBean(DatasetProperties.class);
    }
}
