package io.aerocast.training.score;

import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One forecaster's forecasts.
///
/// @param pipeline what was forecast
/// @param samples the windows that were forecast, oldest origin first
/// @param values shape [samples], each [horizons of the pipeline], in the target's unit; `NaN` at horizons that the
///     forecaster does not know, as are its bounds
public record Forecasts(Pipeline pipeline, List<Sample> samples, List<Prediction> values) {

    /// A model's forecasts.
    ///
    /// @throws IllegalArgumentException if it cannot forecast such windows
    public static Forecasts of(Predictor model, Dataset data) {
        List<Integer> horizons = data.pipeline().horizons();
        model.card().indexOf(horizons.getFirst());
        int[] indices =
                horizons.stream().mapToInt(model.card().horizons()::indexOf).toArray();
        List<Prediction> values = data.samples().stream()
                .map(sample -> model.predict(sample.lookback()))
                .map(prediction -> new Prediction(
                        at(indices, prediction.value()),
                        at(indices, prediction.lower()),
                        at(indices, prediction.upper())))
                .toList();
        return new Forecasts(data.pipeline(), data.samples(), values);
    }

    /// What persistence forecasts; it has no intervals.
    public static Forecasts persistence(Dataset data) {
        List<Prediction> values = data.samples().stream()
                .map(sample -> {
                    double[] value = new double[sample.targets().length];
                    Arrays.fill(value, sample.lookback().persistence());
                    return new Prediction(value, value, value);
                })
                .toList();
        return new Forecasts(data.pipeline(), data.samples(), values);
    }

    /// The forecasts whose origin lies after a time; those of samples without times are all kept.
    public Forecasts after(Instant time) {
        int[] kept = IntStream.range(0, samples.size())
                .filter(i -> {
                    Instant origin = samples.get(i).lookback().origin();
                    return origin == null || origin.isAfter(time);
                })
                .toArray();
        return new Forecasts(
                pipeline,
                Arrays.stream(kept).mapToObj(samples::get).toList(),
                Arrays.stream(kept).mapToObj(values::get).toList());
    }

    /// These forecasts and others of the same forecaster.
    public Forecasts and(Forecasts others) {
        return new Forecasts(
                pipeline,
                Stream.concat(samples.stream(), others.samples.stream()).toList(),
                Stream.concat(values.stream(), others.values.stream()).toList());
    }

    /// Whether every forecast of a horizon is a number.
    public boolean finiteAt(int h) {
        return values.stream().allMatch(forecast -> Double.isFinite(forecast.value()[h]));
    }

    /// The accuracy at each horizon that the forecaster knows.
    public List<Accuracy> accuracies() {
        return IntStream.range(0, pipeline.horizons().size())
                .filter(this::finiteAt)
                .mapToObj(h -> Accuracy.of(
                        pipeline.horizons().get(h),
                        known(h).mapToDouble(i -> actual(i, h) - values.get(i).value()[h])
                                .toArray()))
                .toList();
    }

    /// How good the intervals are at each horizon that the forecaster knows.
    ///
    /// @param nominal coverage
    public List<IntervalScore> intervals(double nominal) {
        return IntStream.range(0, pipeline.horizons().size())
                .filter(this::finiteAt)
                .mapToObj(h -> IntervalScore.of(
                        nominal,
                        samples.stream()
                                .mapToDouble(sample -> sample.targets()[h])
                                .toArray(),
                        column(forecast -> forecast.value()[h]),
                        column(forecast -> forecast.lower()[h]),
                        column(forecast -> forecast.upper()[h])))
                .toList();
    }

    /// Variance of the forecasts over the variance of what came true, at the first horizon.
    public double varianceRatio() {
        return variance(known(0).mapToDouble(i -> values.get(i).value()[0]).toArray())
                / variance(known(0).mapToDouble(i -> actual(i, 0)).toArray());
    }

    /// Grid times at which a horizon's target is known.
    public int origins(int h) {
        return byOrigin(h).size();
    }

    /// This forecaster's squared errors minus another's at the first horizon, as a series in time. Stations that
    /// share an origin share their weather, so they count as one difference, their mean.
    ///
    /// @return shape [origins], oldest first
    public double[] lossesAbove(Forecasts other) {
        return byOrigin(0).stream()
                .mapToDouble(stations -> stations.stream()
                        .mapToDouble(i -> squaredError(i, 0) - other.squaredError(i, 0))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /// Squared errors in units of a scale, mean over the horizons that are known, as a series in time.
    ///
    /// @param scale shape [horizons]
    /// @return shape [origins at which the first horizon's target is known]
    public double[] losses(double[] scale) {
        return byOrigin(0).stream()
                .mapToDouble(stations -> stations.stream()
                        .mapToDouble(i -> IntStream.range(0, scale.length)
                                .filter(h -> !Double.isNaN(actual(i, h)))
                                .mapToDouble(h -> squaredError(i, h) / scale[h])
                                .average()
                                .orElseThrow())
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /// The losses of [#losses], a mean for each day.
    ///
    /// @param scale shape [horizons]
    /// @param day length of a day; days are counted since 1970. Samples without times make one day together
    /// @return shape [days], oldest first
    public double[] dailyLosses(double[] scale, Duration day) {
        double[] losses = losses(scale);
        List<List<Integer>> origins = byOrigin(0);
        return IntStream.range(0, losses.length)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> number(origins.get(i).getFirst(), day),
                        TreeMap::new,
                        Collectors.averagingDouble(i -> losses[i])))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private long number(int sample, Duration day) {
        Instant origin = samples.get(sample).lookback().origin();
        return origin == null ? 0 : Math.floorDiv(origin.toEpochMilli(), day.toMillis());
    }

    /// Mean squared error at each horizon that the forecaster knows, as a scale: 1 where it is 0.
    public double[] squares() {
        return accuracies().stream()
                .mapToDouble(accuracy -> accuracy.rmse() > 0 ? accuracy.rmse() * accuracy.rmse() : 1)
                .toArray();
    }

    private List<List<Integer>> byOrigin(int h) {
        List<List<Integer>> origins = new ArrayList<>();
        known(h).forEach(i -> {
            if (origins.isEmpty() || !sameOrigin(origins.getLast().getFirst(), i)) {
                origins.add(new ArrayList<>());
            }
            origins.getLast().add(i);
        });
        return origins;
    }

    private boolean sameOrigin(int one, int other) {
        Instant origin = samples.get(one).lookback().origin();
        return origin != null && origin.equals(samples.get(other).lookback().origin());
    }

    private double squaredError(int sample, int h) {
        double error = actual(sample, h) - values.get(sample).value()[h];
        return error * error;
    }

    private IntStream known(int h) {
        return IntStream.range(0, samples.size()).filter(i -> !Double.isNaN(actual(i, h)));
    }

    private double actual(int sample, int h) {
        return samples.get(sample).targets()[h];
    }

    private double[] column(ToDoubleFunction<Prediction> value) {
        return values.stream().mapToDouble(value).toArray();
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    }

    private static double[] at(int[] indices, double[] values) {
        return Arrays.stream(indices)
                .mapToDouble(index -> index < 0 ? Double.NaN : values[index])
                .toArray();
    }
}
