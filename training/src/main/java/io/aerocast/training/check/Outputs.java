package io.aerocast.training.check;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Predictor;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// A model's forecasts of some samples, beside what came true.
///
/// @param horizons those that both the model and the data know
/// @param samples the windows
/// @param values shape [samples][horizons], forecasts in the target's unit
/// @param targets positions of the horizons in the samples' targets
/// @param known all horizons of the data
record Outputs(List<Integer> horizons, List<Sample> samples, double[][] values, int[] targets, List<Integer> known) {

    /// @throws IllegalArgumentException if the model cannot forecast such windows, or knows none of their horizons
    static Outputs of(Predictor model, Dataset data) {
        List<Integer> known = data.pipeline().horizons();
        List<Integer> horizons =
                known.stream().filter(model.card().horizons()::contains).toList();
        if (horizons.isEmpty()) {
            throw new IllegalArgumentException("Model %s forecasts horizons %s, the data hold %s"
                    .formatted(model.card().version(), model.card().horizons(), known));
        }
        double[][] values = data.samples().stream()
                .map(sample -> forecast(model, sample.lookback(), horizons))
                .toArray(double[][]::new);
        return new Outputs(
                horizons,
                data.samples(),
                values,
                horizons.stream().mapToInt(known::indexOf).toArray(),
                known);
    }

    /// @return shape [horizons]
    static double[] forecast(Predictor model, Lookback lookback, List<Integer> horizons) {
        double[] value = model.predict(lookback).value();
        return horizons.stream()
                .mapToDouble(horizon -> value[model.card().indexOf(horizon)])
                .toArray();
    }

    boolean finite() {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /// Samples whose target at a horizon came true.
    int[] observed(int h) {
        return IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(actual(i, h)))
                .toArray();
    }

    double forecast(int sample, int h) {
        return values[sample][h];
    }

    double actual(int sample, int h) {
        return samples.get(sample).targets()[targets[h]];
    }

    double latest(int sample) {
        return samples.get(sample).lookback().persistence();
    }

    double forecastChange(int sample, int h) {
        return forecast(sample, h) - latest(sample);
    }

    double actualChange(int sample, int h) {
        return actual(sample, h) - latest(sample);
    }

    /// 1 − MSE / MSE of persistence.
    double skill(int h) {
        int[] observed = observed(h);
        double model = mean(observed, i -> square(forecast(i, h) - actual(i, h)));
        return 1 - model / mean(observed, i -> square(actualChange(i, h)));
    }

    /// How many steps before its target lies what the forecast correlates with best; zero where it is the target.
    int bestLag(int h) {
        int best = 0;
        double highest = lagged(h, 0);
        for (int lag = 1; lag <= 2 * horizons.get(h); lag++) {
            double correlation = lagged(h, lag);
            if (correlation > highest) {
                highest = correlation;
                best = lag;
            }
        }
        return best;
    }

    private double lagged(int h, int lag) {
        int[] both = IntStream.of(observed(h))
                .filter(i -> !Double.isNaN(reading(i, horizons.get(h) - lag)))
                .toArray();
        // Too few to tell: a horizon between the origin and the target may not be in the data at all.
        return both.length < values.length / 2
                ? Double.NaN
                : correlation(both, i -> forecast(i, h), i -> reading(i, horizons.get(h) - lag));
    }

    /// The target's reading some steps after a sample's origin, or before it; `NaN` where the sample does not hold it.
    private double reading(int sample, int after) {
        Sample holder = samples.get(sample);
        double[][] rows = holder.lookback().rows();
        if (after <= 0) {
            return rows.length - 1 + after < 0 ? Double.NaN : rows[rows.length - 1 + after][0];
        }
        OptionalInt target = IntStream.range(0, known.size())
                .filter(k -> known.get(k) == after)
                .findFirst();
        return target.isEmpty() ? Double.NaN : holder.targets()[target.getAsInt()];
    }

    static double mean(int[] of, IntToDoubleFunction value) {
        return IntStream.of(of).mapToDouble(value).average().orElse(Double.NaN);
    }

    static double variance(int[] of, IntToDoubleFunction value) {
        double mean = mean(of, value);
        return mean(of, i -> square(value.applyAsDouble(i) - mean));
    }

    /// Pearson's; `NaN` where one of the two does not vary.
    static double correlation(int[] of, IntToDoubleFunction one, IntToDoubleFunction other) {
        double meanOne = mean(of, one);
        double meanOther = mean(of, other);
        double covariance = mean(of, i -> (one.applyAsDouble(i) - meanOne) * (other.applyAsDouble(i) - meanOther));
        return covariance / Math.sqrt(variance(of, one) * variance(of, other));
    }

    private static double square(double value) {
        return value * value;
    }
}
