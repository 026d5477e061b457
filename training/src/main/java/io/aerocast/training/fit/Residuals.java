package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.score.Forecasts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Absolute errors of a model on the validation data: they decide when a fit stops and how wide the prediction
/// intervals are.
///
/// @param horizons steps ahead
/// @param absolute shape [horizons][samples whose target was observed], absolute errors in ascending order
/// @param persistence shape [horizons], root mean squared error of persistence on the same samples
/// @param negligible error without practical meaning, in the target's unit
record Residuals(List<Integer> horizons, double[][] absolute, double[] persistence, double negligible) {

    /// @throws IllegalArgumentException if no sample has a target at one of the horizons
    static Residuals of(ForecastModel model, Dataset dataset) {
        Forecasts forecasts = Forecasts.of(model, dataset);
        List<Integer> horizons = dataset.pipeline().horizons();
        double[][] absolute = new double[horizons.size()][];
        for (int h = 0; h < absolute.length; h++) {
            absolute[h] = Arrays.stream(forecasts.errors(h))
                    .map(Math::abs)
                    .filter(error -> !Double.isNaN(error))
                    .sorted()
                    .toArray();
            requireTargets(absolute[h].length, horizons.get(h), dataset);
        }
        Forecasts latest = Forecasts.persistence(dataset);
        double[] persistence = IntStream.range(0, absolute.length)
                .mapToDouble(h -> latest.accuracy(h).rmse())
                .toArray();
        return new Residuals(
                horizons, absolute, persistence, dataset.pipeline().target().negligible());
    }

    /// @throws IllegalArgumentException if there is none
    static void requireTargets(int count, int horizon, Dataset dataset) {
        if (count == 0) {
            throw new IllegalArgumentException(
                    "Cannot fit on %d samples of pipeline %s: none has a target %d steps ahead"
                            .formatted(
                                    dataset.samples().size(), dataset.pipeline().name(), horizon));
        }
    }

    /// Root mean squared error at a horizon.
    ///
    /// @param h index of the horizon
    double rmse(int h) {
        return Math.sqrt(Arrays.stream(absolute[h]).map(e -> e * e).average().orElseThrow());
    }

    /// Mean over the horizons of the weighted mean squared error in units of a scale.
    ///
    /// @param scale shape [horizons], in the target's unit
    /// @param weights shape [horizons]
    double weightedMeanSquare(double[] scale, double[] weights) {
        double sum = 0;
        for (int h = 0; h < scale.length; h++) {
            double scaled = rmse(h) / scale[h];
            sum += weights[h] * scaled * scaled;
        }
        return sum / scale.length;
    }

    /// Half-widths of the prediction intervals by split conformal prediction (Vovk, Gammerman and Shafer 2005): the
    /// ⌈(n+1)·coverage⌉-th smallest error. With fewer errors than that, the rule asks for an infinite width; the
    /// largest error is used instead, which covers n/(n+1) of the observations.
    ///
    /// The negligible error is a lower bound: a width of 0, the result for a constant target, would stay 0 however
    /// often it is widened online.
    ///
    /// @return shape [horizons], in the target's unit
    double[] halfWidths(double coverage) {
        return Arrays.stream(absolute)
                .mapToDouble(errors -> {
                    int rank = rank(errors.length, coverage);
                    return Math.max(errors[Math.min(rank, errors.length) - 1], negligible);
                })
                .toArray();
    }

    /// ⌈(n+1)·coverage⌉ of the coverage as a decimal number: in binary, 100 · 0.55 is a little more than 55.
    static int rank(int n, double coverage) {
        return BigDecimal.valueOf(coverage)
                .multiply(BigDecimal.valueOf(n + 1L))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    /// The root mean squared errors by name: `validationRmse.h1` …, and `validationPersistenceRmse.h1` … of
    /// persistence, relative to which a blend rates a model that has no errors at a station yet.
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        for (int h = 0; h < absolute.length; h++) {
            metrics.put("validationRmse.h" + horizons.get(h), rmse(h));
            metrics.put("validationPersistenceRmse.h" + horizons.get(h), persistence[h]);
        }
        return metrics;
    }
}
