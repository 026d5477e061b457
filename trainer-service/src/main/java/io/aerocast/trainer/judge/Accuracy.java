package io.aerocast.trainer.judge;

/// How far a forecaster was off at one horizon.
///
/// @param horizon steps ahead
/// @param count forecasts that could be compared with what came true
/// @param rmse root of the mean squared error, in the target's unit; `NaN` for a count of 0
/// @param mae mean absolute error, in the target's unit; `NaN` for a count of 0
public record Accuracy(int horizon, int count, double rmse, double mae) {

    static Accuracy of(int horizon, double[] errors) {
        double squares = 0;
        double absolutes = 0;
        for (double error : errors) {
            squares += error * error;
            absolutes += Math.abs(error);
        }
        return new Accuracy(horizon, errors.length, Math.sqrt(squares / errors.length), absolutes / errors.length);
    }
}
