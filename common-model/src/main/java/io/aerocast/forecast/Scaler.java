package io.aerocast.forecast;

import java.util.List;

/// Standardises lookbacks: each feature less its mean, in units of its standard deviation.
///
/// @param mean shape [features], in the features' units
/// @param deviation shape [features], in the features' units, positive
public record Scaler(double[] mean, double[] deviation) {

    public Scaler {
        mean = mean.clone();
        deviation = deviation.clone();
        Tensor.vector("scaler.mean", mean.length, mean).requireFinite();
        Tensor.vector("scaler.deviation", mean.length, deviation).requireFinite();
        for (double each : deviation) {
            if (!(each > 0)) {
                throw new IllegalArgumentException("A scaler's deviations must be positive, found %s".formatted(each));
            }
        }
    }

    /// Number of features.
    public int features() {
        return mean.length;
    }

    /// The newest rows of a lookback, standardised. A missing reading repeats the one before it; before the
    /// first reading it is the mean.
    ///
    /// @param steps how many rows, at most `lookback.steps()`
    /// @param width length of the rows to return, at least the number of features
    /// @return shape [steps][width], oldest first; the values after the features are 0
    double[][] standardise(Lookback lookback, int steps, int width) {
        double[][] scaled = new double[steps][width];
        int skipped = lookback.steps() - steps;
        for (int step = 0; step < steps; step++) {
            double[] row = lookback.rows()[skipped + step];
            for (int f = 0; f < features(); f++) {
                double known = step == 0 ? 0 : scaled[step - 1][f];
                scaled[step][f] = Double.isNaN(row[f]) ? known : (row[f] - mean[f]) / deviation[f];
            }
        }
        return scaled;
    }

    List<Tensor> tensors() {
        return List.of(
                Tensor.vector("scaler.mean", features(), mean),
                Tensor.vector("scaler.deviation", features(), deviation));
    }

    static Scaler from(Tensors tensors) {
        return new Scaler(tensors.values("scaler.mean"), tensors.values("scaler.deviation"));
    }
}
