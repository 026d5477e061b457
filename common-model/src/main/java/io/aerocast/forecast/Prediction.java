package io.aerocast.forecast;

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
