package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Prediction;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What a model gets wrong on a dataset.
///
/// @param horizons steps ahead
/// @param absolute shape [horizons][samples whose target was observed], absolute errors in ascending order
/// @param negligible error that says nothing, in the target's unit
record Residuals(int[] horizons, double[][] absolute, double negligible) {

    /// @throws IllegalArgumentException if no sample has a target at one of the horizons
    static Residuals of(ForecastModel model, Dataset dataset) {
        int[] horizons =
                model.card().horizons().stream().mapToInt(Integer::intValue).toArray();
        double[][] absolute = new double[horizons.length][dataset.samples().size()];
        int[] count = new int[horizons.length];
        for (Sample sample : dataset.samples()) {
            Prediction prediction = model.predict(sample.lookback());
            for (int h = 0; h < horizons.length; h++) {
                double error = Math.abs(sample.targets()[h] - prediction.value()[h]);
                if (!Double.isNaN(error)) {
                    absolute[h][count[h]++] = error;
                }
            }
        }
        for (int h = 0; h < horizons.length; h++) {
            requireTargets(count[h], horizons[h], dataset);
            absolute[h] = Arrays.copyOf(absolute[h], count[h]);
            Arrays.sort(absolute[h]);
        }
        return new Residuals(horizons, absolute, dataset.pipeline().target().negligible());
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
    /// ⌈(n+1)·coverage⌉-th smallest error. Where there are fewer errors, the rule asks for an infinite width; the
    /// largest error stands in for it, which holds n/(n+1) of the truths.
    ///
    /// None is narrower than what is negligible: one of 0, as a target that stands still leaves it, would stay 0
    /// however often it is widened online.
    ///
    /// @return shape [horizons]
    double[] halfWidths(double coverage) {
        return Arrays.stream(absolute)
                .mapToDouble(errors -> {
                    int rank = rank(errors.length, coverage);
                    return Math.max(errors[Math.min(rank, errors.length) - 1], negligible);
                })
                .toArray();
    }

    /// ⌈(n+1)·coverage⌉ of the coverage as it is written: in binary, 100 · 0.55 is a little more than 55.
    static int rank(int n, double coverage) {
        return BigDecimal.valueOf(coverage)
                .multiply(BigDecimal.valueOf(n + 1L))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    /// The root mean squared errors by name, such as `validationRmse.h1`.
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        for (int h = 0; h < horizons.length; h++) {
            metrics.put("validationRmse.h" + horizons[h], rmse(h));
        }
        return metrics;
    }
}
