package io.aerocast.training.backtest;

import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.Forecasts;
import io.aerocast.training.score.HorizonScore;
import io.aerocast.training.score.IntervalScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The result of a backtest of one target.
///
/// @param pipeline the view of the target, see [Pipeline#view]
/// @param observations number of observations
/// @param folds in order of time
/// @param maseScale in-sample mean absolute error of the seasonal naive forecast on the training data of the first
///     fold, in the target's unit
/// @param season number of steps of the season of the seasonal naive forecast; 1 where the pipeline has none
/// @param coverage nominal coverage of the prediction intervals
/// @param steps every forecast with at least one observed target, in order of time
public record BacktestResult(
        Pipeline pipeline,
        int observations,
        List<FoldResult> folds,
        double maseScale,
        int season,
        double coverage,
        List<Step> steps) {

    /// Name of the forecaster that repeats the latest reading.
    public static final String PERSISTENCE = ModelKinds.PERSISTENCE;

    /// Name of the forecaster that repeats the latest reading of the same phase.
    public static final String SEASONAL_NAIVE = "seasonal-naive";

    public BacktestResult {
        folds = List.copyOf(folds);
        steps = List.copyOf(steps);
    }

    /// The models of a fold.
    ///
    /// @param fits by kind of model
    /// @param origins number of forecasts per model with at least one observed target
    public record FoldResult(Fold fold, Part train, Part validation, Map<String, Fit> fits, int origins) {}

    /// A part of the training data.
    ///
    /// @param from earliest observation time
    /// @param to latest observation time, targets included
    /// @param samples number of samples
    public record Part(Instant from, Instant to, int samples) {}

    /// A fitted model.
    ///
    /// @param version version in its card
    /// @param sha256 checksum of its artifact, hexadecimal
    /// @param seconds time of the fit
    public record Fit(String version, String sha256, double seconds) {}

    /// The kinds that forecast: the blend, and the fitted kinds of model.
    public List<String> kinds() {
        List<String> kinds = new ArrayList<>(folds.getFirst().fits().keySet());
        kinds.addFirst(ModelKinds.BLEND);
        return kinds;
    }

    /// Mean weight of each part of the blend over all forecasts.
    ///
    /// @return shape [horizons] by kind of the part
    public Map<String, double[]> weights() {
        Map<String, double[]> mean = new LinkedHashMap<>();
        for (Step step : steps) {
            step.weights().forEach((kind, weights) -> {
                double[] sum = mean.computeIfAbsent(kind, _ -> new double[weights.length]);
                for (int h = 0; h < sum.length; h++) {
                    sum[h] += weights[h] / steps.size();
                }
            });
        }
        return mean;
    }

    /// Scores of every forecaster, the models first, at each horizon. All are measured on the same origins.
    public Map<String, List<HorizonScore>> scores() {
        List<Sample> samples = steps.stream().map(Step::sample).toList();
        Forecasts persistence = Forecasts.persistence(pipeline, samples);
        Forecasts naive = forecasts(samples, Step::naivePrediction);
        Map<String, List<HorizonScore>> scores = new LinkedHashMap<>();
        for (String kind : kinds()) {
            Forecasts model = forecasts(samples, step -> prediction(step, kind));
            scores.put(kind, scores(model, persistence, naive, h -> model.interval(h, coverage)));
        }
        scores.put(PERSISTENCE, scores(persistence, persistence, naive, _ -> null));
        scores.put(SEASONAL_NAIVE, scores(naive, persistence, naive, _ -> null));
        return scores;
    }

    private List<HorizonScore> scores(
            Forecasts of, Forecasts persistence, Forecasts naive, IntFunction<@Nullable IntervalScore> interval) {
        return IntStream.range(0, pipeline.horizons().size())
                .mapToObj(h -> {
                    Accuracy accuracy = of.accuracy(h);
                    return new HorizonScore(
                            accuracy.horizon(),
                            accuracy,
                            accuracy.mase(maseScale),
                            accuracy.skill(persistence.accuracy(h)),
                            accuracy.skill(naive.accuracy(h)),
                            interval.apply(h));
                })
                .toList();
    }

    private Forecasts forecasts(List<Sample> samples, Function<Step, Prediction> prediction) {
        return new Forecasts(pipeline, samples, steps.stream().map(prediction).toList());
    }

    private static Prediction prediction(Step step, String kind) {
        Prediction prediction = step.predictions().get(kind);
        if (prediction == null) {
            throw new IllegalStateException("No %s forecast was made at %s".formatted(kind, step.origin()));
        }
        return prediction;
    }
}
