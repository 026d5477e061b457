package io.aerocast.training.backtest;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestResult.Fit;
import io.aerocast.training.backtest.BacktestResult.FoldResult;
import io.aerocast.training.backtest.BacktestResult.Part;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.FitSettings;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.score.SeasonalNaive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Rolling-origin evaluation (Tashman 2000). The models of a fold are fitted anew on the observations before it:
///
/// ```
///   ─── train ───┤gap├─ validation ─┤gap├─ test: fold 1 ─┬─ fold 2 ─ …
///   ─── train ──────────────────────┤gap├─ validation ─┤gap├─ fold 2 ─ …
/// ```
///
/// A gap is as long as the largest horizon. Then the models forecast through the fold in order of time, see [Walk].
/// There is no leakage: the samples of a fold are cut from a copy of the data that ends where the fold begins, and
/// a forecast is made before any later observation has arrived.
public final class Backtest {

    private final List<Fitter> fitters;
    private final SplitSettings settings;
    private final double coverage;

    /// @param fitters one for each kind of model, at least one
    /// @param settings fraction of the training data for validation, and maximum number of samples to fit
    /// @param coverage nominal coverage of the prediction intervals
    public Backtest(List<Fitter> fitters, SplitSettings settings, double coverage) {
        this.fitters = List.copyOf(fitters);
        this.settings = settings;
        this.coverage = coverage;
    }

    /// Runs the backtest of one target.
    ///
    /// @param pipeline the view of the target, see [Pipeline#view]
    /// @param observations of the pipeline, of any number of stations, in any order
    /// @param initialShare fraction of the time before the first fold, between 0 and 1
    /// @param folds number of folds, at least 1
    /// @throws IllegalArgumentException if there are too few observations to fit or to test; the message says which
    public BacktestResult run(
            Pipeline pipeline,
            Collection<Observation> observations,
            double initialShare,
            int folds,
            BacktestProgress progress) {
        Timeline all = Timeline.of(pipeline, observations);
        List<Fold> layout = Fold.layout(pipeline, all.first(), all.last(), initialShare, folds);
        SeasonalNaive naive = new SeasonalNaive(pipeline);
        double scale = naive.scale(series(pipeline, all.before(layout.getFirst().testFrom())));
        Walk walk = new Walk(pipeline);
        all.before(layout.getFirst().testFrom()).forEach(walk::pass);
        List<FoldFit> fits = new ArrayList<>();
        for (Fold fold : layout) {
            FoldFit fit = new FoldFit(pipeline, fold, layout.size(), all.before(fold.testFrom()), progress);
            fits.add(fit);
            progress.at(fit.title("forecasting"), fit.done(fitters.size()));
            all.within(fold).forEach((now, arrived) -> walk.step(fold, now, arrived, fit.models));
        }
        List<Step> steps = walk.steps();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "No forecast can be tested from %s on: no window of %d steps, or no target was observed"
                            .formatted(layout.getFirst().testFrom(), pipeline.lookback()));
        }
        return new BacktestResult(
                pipeline,
                observations.size(),
                fits.stream().map(fit -> fit.result(steps)).toList(),
                scale,
                naive.season(),
                coverage,
                steps);
    }

    /// The models of one fold.
    private final class FoldFit {

        private final Fold fold;
        private final int folds;
        private final Dataset train;
        private final Dataset validation;
        private final Map<String, Fit> fits = new LinkedHashMap<>();
        private final List<ForecastModel> models = new ArrayList<>();

        FoldFit(
                Pipeline pipeline,
                Fold fold,
                int folds,
                Collection<List<Observation>> past,
                BacktestProgress progress) {
            this.fold = fold;
            this.folds = folds;
            SampleCutter cutter = new SampleCutter(pipeline);
            past.forEach(observations -> observations.forEach(cutter::add));
            List<Sample> samples = endingBefore(fold.testFrom(), cutter.samples(settings.maximumSamples()), pipeline);
            List<Instant> origins =
                    samples.stream().map(FoldFit::origin).distinct().toList();
            int validated = (int) (origins.size() * settings.validationFraction());
            if (validated == 0) {
                throw tooFew(pipeline, samples.size());
            }
            Instant validateFrom = origins.get(origins.size() - validated);
            List<Sample> fitted = endingBefore(validateFrom, samples, pipeline);
            if (fitted.isEmpty()) {
                throw tooFew(pipeline, samples.size());
            }
            this.train = Dataset.of(pipeline, fitted);
            this.validation = Dataset.of(
                    pipeline,
                    samples.stream()
                            .filter(sample -> !origin(sample).isBefore(validateFrom))
                            .toList());
            for (int i = 0; i < fitters.size(); i++) {
                fit(fitters.get(i), i, progress);
            }
        }

        private void fit(Fitter fitter, int index, BacktestProgress progress) {
            String title = title("fitting the " + fitter.kind());
            progress.at(title, done(index));
            // The card depends on the fold alone, so that the same data give the same artifact.
            FitSettings card = new FitSettings("fold-%d".formatted(fold.number()), fold.testFrom(), "backtest", null);
            long start = System.nanoTime();
            ForecastModel model = fitter.fit(
                    train,
                    validation,
                    card,
                    (epoch, epochs, _, _) -> progress.at(title, done(index + (double) epoch / epochs)));
            double seconds = (System.nanoTime() - start) / 1e9;
            String sha256 = ModelArtifact.sha256(ModelArtifact.write(model));
            fits.put(fitter.kind(), new Fit(card.version(), sha256, seconds));
            models.add(model);
        }

        private String title(String what) {
            return folds == 1 ? what : "fold %d of %d: %s".formatted(fold.number(), folds, what);
        }

        /// @param fitted number of fitted kinds of model
        private double done(double fitted) {
            return (fold.number() - 1 + fitted / (fitters.size() + 0.1)) / folds;
        }

        private FoldResult result(List<Step> steps) {
            int origins = (int)
                    steps.stream().filter(step -> step.fold() == fold.number()).count();
            return new FoldResult(fold, part(train), part(validation), fits, origins);
        }

        private IllegalArgumentException tooFew(Pipeline pipeline, int samples) {
            int horizon = pipeline.horizons().getLast();
            return new IllegalArgumentException(
                    ("Cannot fit on the observations before %s: %d windows of %d steps, which must leave some for "
                                    + "validation and two gaps of %d steps")
                            .formatted(fold.testFrom(), samples, pipeline.lookback(), horizon));
        }

        private static List<Sample> endingBefore(Instant time, List<Sample> samples, Pipeline pipeline) {
            int horizon = pipeline.horizons().getLast();
            return samples.stream()
                    .filter(sample -> pipeline.after(origin(sample), horizon).isBefore(time))
                    .toList();
        }

        private static Instant origin(Sample sample) {
            return Objects.requireNonNull(sample.lookback().origin(), "a landed sample has an origin");
        }

        private static Part part(Dataset data) {
            return new Part(data.from(), data.to(), data.size());
        }
    }

    private static Collection<StationSeries> series(Pipeline pipeline, Collection<List<Observation>> observations) {
        Map<String, StationSeries> stations = new TreeMap<>();
        observations.forEach(atOneTime -> atOneTime.forEach(
                observation -> stations.computeIfAbsent(observation.station(), _ -> StationSeries.unbounded(pipeline))
                        .add(observation)));
        return stations.values();
    }
}
