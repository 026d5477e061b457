package io.aerocast.forecast;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The seasonal mean of each feature: Fourier terms and, if the training data span enough time, a trend.
///
/// @param basis the cycles
/// @param trend the trend, or `null` without one
/// @param coefficients shape [features][terms], in the features' units, those of the basis first
public record SeasonalMean(FourierBasis basis, @Nullable Trend trend, List<double[]> coefficients) {

    public SeasonalMean {
        coefficients = List.copyOf(coefficients);
        int terms = basis.size() + (trend == null ? 0 : trend.size());
        for (double[] feature : coefficients) {
            Tensor.vector("the coefficients of a seasonal mean", terms, feature).requireFinite();
        }
    }

    /// The terms' values at a time.
    ///
    /// @return shape [terms]
    public static double[] terms(FourierBasis basis, @Nullable Trend trend, Instant time) {
        double[] waves = basis.at(time);
        if (trend == null) {
            return waves;
        }
        double[] terms = Arrays.copyOf(waves, waves.length + trend.size());
        System.arraycopy(trend.at(time), 0, terms, waves.length, trend.size());
        return terms;
    }

    /// Number of features.
    public int features() {
        return coefficients.size();
    }

    /// The seasonal means at a time.
    ///
    /// @return shape [features], in the features' units
    public double[] at(Instant time) {
        double[] terms = terms(basis, trend, time);
        double[] means = new double[coefficients.size()];
        for (int f = 0; f < means.length; f++) {
            double[] factors = coefficients.get(f);
            for (int i = 0; i < terms.length; i++) {
                means[f] += factors[i] * terms[i];
            }
        }
        return means;
    }
}
