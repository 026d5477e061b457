package io.aerocast.forecast;

/// What a model says of the future, one entry per horizon of its card.
///
/// @param value shape [horizons], in the target's unit
/// @param lower shape [horizons], lower bounds of the prediction interval
/// @param upper shape [horizons], upper bounds of the prediction interval
public record Prediction(double[] value, double[] lower, double[] upper) {

    /// Intervals that reach equally far to both sides.
    static Prediction within(double[] value, double[] halfWidths) {
        double[] lower = new double[value.length];
        double[] upper = new double[value.length];
        for (int h = 0; h < value.length; h++) {
            lower[h] = value[h] - halfWidths[h];
            upper[h] = value[h] + halfWidths[h];
        }
        return new Prediction(value, lower, upper);
    }
}
