package io.aerocast.training.score;

import java.util.Arrays;

/// Sample moments by compensated summation; `NaN` of no values.
final class Moments {

    private Moments() {}

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /// Population variance.
    static double variance(double[] values) {
        return covariance(values, values);
    }

    /// Pearson's correlation; `NaN` where one of the two does not vary.
    ///
    /// @param other as long as `one`
    static double correlation(double[] one, double[] other) {
        return covariance(one, other) / Math.sqrt(variance(one) * variance(other));
    }

    private static double covariance(double[] one, double[] other) {
        double meanOne = mean(one);
        double meanOther = mean(other);
        double[] products = new double[one.length];
        Arrays.setAll(products, i -> (one[i] - meanOne) * (other[i] - meanOther));
        return mean(products);
    }
}
