package io.aerocast.forecast;

import io.aerocast.pipeline.Feature;
import java.util.Arrays;

/// Point forecasts and prediction intervals, one entry per horizon of the model's card.
///
/// @param value shape [horizons], in the target's unit
/// @param lower shape [horizons], lower bounds of the prediction interval
/// @param upper shape [horizons], upper bounds of the prediction interval
public record Prediction(double[] value, double[] lower, double[] upper) {

    /// Symmetric intervals.
    static Prediction within(double[] value, double[] halfWidths) {
        double[] lower = new double[value.length];
        double[] upper = new double[value.length];
        for (int h = 0; h < value.length; h++) {
            lower[h] = value[h] - halfWidths[h];
            upper[h] = value[h] + halfWidths[h];
        }
        return new Prediction(value, lower, upper);
    }

    /// Half of the distance of the bounds at a horizon.
    ///
    /// @param h index of the horizon
    double halfWidth(int h) {
        return (upper[h] - lower[h]) / 2;
    }

    /// The same forecast with other intervals.
    ///
    /// @param factors shape [horizons], of the distances from the value to the bounds
    Prediction scaled(double[] factors) {
        double[] lowers = new double[value.length];
        double[] uppers = new double[value.length];
        for (int h = 0; h < value.length; h++) {
            lowers[h] = value[h] - factors[h] * (value[h] - lower[h]);
            uppers[h] = value[h] + factors[h] * (upper[h] - value[h]);
        }
        return new Prediction(value, lowers, uppers);
    }

    /// The forecast of some of the horizons.
    ///
    /// @param horizons indices
    Prediction at(int[] horizons) {
        return new Prediction(at(value, horizons), at(lower, horizons), at(upper, horizons));
    }

    private static double[] at(double[] values, int[] horizons) {
        return Arrays.stream(horizons).mapToDouble(h -> values[h]).toArray();
    }

    /// The same forecast with every value and bound inside the plausible range of its feature.
    Prediction within(Feature feature) {
        return new Prediction(within(feature, value), within(feature, lower), within(feature, upper));
    }

    private static double[] within(Feature feature, double[] values) {
        return Arrays.stream(values)
                .map(each -> Math.clamp(each, feature.minimum(), feature.maximum()))
                .toArray();
    }

    /// Whether every value and every bound is a finite number.
    public boolean finite() {
        return finite(value) && finite(lower) && finite(upper);
    }

    private static boolean finite(double[] values) {
        for (double each : values) {
            if (!Double.isFinite(each)) {
                return false;
            }
        }
        return true;
    }
}
