package io.aerocast.trainer.judge;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// One forecaster's forecasts.
///
/// @param pipeline what was forecast
/// @param samples the windows that were forecast, oldest origin first
/// @param values shape [samples][horizons of the pipeline], in the target's unit; `NaN` at horizons that the
///     forecaster does not know
/// @param inside shape [samples], whether the first horizon's target lay inside the prediction interval
record Forecasts(Pipeline pipeline, List<Sample> samples, double[][] values, boolean[] inside) {

    /// A model's forecasts.
    ///
    /// @throws IllegalArgumentException if it cannot forecast such windows
    static Forecasts of(ForecastModel model, Dataset data) {
        List<Integer> horizons = data.pipeline().horizons();
        int first = model.card().indexOf(horizons.getFirst());
        double[][] values = new double[data.size()][];
        boolean[] inside = new boolean[data.size()];
        for (int i = 0; i < values.length; i++) {
            Sample sample = data.samples().get(i);
            Prediction prediction = model.predict(sample.lookback());
            values[i] = horizons.stream()
                    .mapToInt(model.card().horizons()::indexOf)
                    .mapToDouble(index -> index < 0 ? Double.NaN : prediction.value()[index])
                    .toArray();
            double actual = sample.targets()[0];
            inside[i] =
                    prediction.lower()[first] <= actual && actual <= prediction.upper()[first];
        }
        return new Forecasts(data.pipeline(), data.samples(), values, inside);
    }

    /// What persistence forecasts.
    static Forecasts persistence(Dataset data) {
        double[][] values = data.samples().stream()
                .map(sample -> filled(sample.targets().length, sample.lookback().persistence()))
                .toArray(double[][]::new);
        return new Forecasts(data.pipeline(), data.samples(), values, new boolean[values.length]);
    }

    /// The forecasts whose origin lies after a time; those of samples without times are all kept.
    Forecasts after(Instant time) {
        int[] kept = IntStream.range(0, values.length)
                .filter(i -> {
                    Instant origin = samples.get(i).lookback().origin();
                    return origin == null || origin.isAfter(time);
                })
                .toArray();
        boolean[] insideKept = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
            insideKept[i] = inside[kept[i]];
        }
        return new Forecasts(
                pipeline,
                Arrays.stream(kept).mapToObj(samples::get).toList(),
                Arrays.stream(kept).mapToObj(i -> values[i]).toArray(double[][]::new),
                insideKept);
    }

    /// Whether every forecast of a horizon is a number.
    boolean finiteAt(int horizonIndex) {
        return Arrays.stream(values).allMatch(forecast -> Double.isFinite(forecast[horizonIndex]));
    }

    /// The accuracy at each horizon that the forecaster knows.
    List<Accuracy> accuracies() {
        return IntStream.range(0, pipeline.horizons().size())
                .filter(this::finiteAt)
                .mapToObj(index -> Accuracy.of(
                        pipeline.horizons().get(index),
                        known(index)
                                .mapToDouble(i -> actual(i, index) - values[i][index])
                                .toArray()))
                .toList();
    }

    /// Variance of the forecasts over the variance of what came true, at the first horizon.
    double varianceRatio() {
        return variance(known(0).mapToDouble(i -> values[i][0]).toArray())
                / variance(known(0).mapToDouble(i -> actual(i, 0)).toArray());
    }

    /// Part of what came true that lay inside the intervals, at the first horizon.
    double coverage() {
        return known(0).mapToDouble(i -> inside[i] ? 1 : 0).average().orElse(Double.NaN);
    }

    /// Grid times at which the first horizon's target is known.
    int origins() {
        return byOrigin().size();
    }

    /// This forecaster's squared errors minus another's at the first horizon, as a series in time. Stations that
    /// share an origin share their weather, so they count as one difference, their mean.
    ///
    /// @return shape [origins], oldest first
    double[] lossesAbove(Forecasts other) {
        return byOrigin().stream()
                .mapToDouble(stations -> stations.stream()
                        .mapToDouble(i -> squaredError(i) - other.squaredError(i))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private List<List<Integer>> byOrigin() {
        List<List<Integer>> origins = new ArrayList<>();
        known(0).forEach(i -> {
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

    private double squaredError(int sample) {
        double error = actual(sample, 0) - values[sample][0];
        return error * error;
    }

    private IntStream known(int horizonIndex) {
        return IntStream.range(0, values.length).filter(i -> !Double.isNaN(actual(i, horizonIndex)));
    }

    private double actual(int sample, int horizonIndex) {
        return samples.get(sample).targets()[horizonIndex];
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }
}
