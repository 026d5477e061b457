package io.aerocast.training.score;

/// The errors of a forecaster at one horizon.
///
/// @param horizon steps ahead
/// @param count number of forecasts whose target was observed
/// @param rmse root of the mean squared error, in the target's unit; `NaN` for a count of 0
/// @param mae mean absolute error, in the target's unit; `NaN` for a count of 0
public record Accuracy(int horizon, int count, double rmse, double mae) {

    /// Aggregates errors; those that are `NaN` are left out.
    ///
    /// @param errors shape [n], observation minus forecast
    public static Accuracy of(int horizon, double[] errors) {
        int count = 0;
        double squares = 0;
        double absolutes = 0;
        for (double error : errors) {
            if (!Double.isNaN(error)) {
                count++;
                squares += error * error;
                absolutes += Math.abs(error);
            }
        }
        return new Accuracy(horizon, count, Math.sqrt(squares / count), absolutes / count);
    }

    /// Skill against a reference on the same samples: 1 − MSE / MSE of the reference. 1 is perfect, 0 is no better
    /// than the reference.
    public double skill(Accuracy reference) {
        return 1 - (rmse * rmse) / (reference.rmse * reference.rmse);
    }

    /// Mean absolute scaled error (Hyndman and Koehler 2006).
    ///
    /// @param scale in-sample mean absolute error of the seasonal naive forecast, see [SeasonalNaive#scale]
    public double mase(double scale) {
        return mae / scale;
    }
}
