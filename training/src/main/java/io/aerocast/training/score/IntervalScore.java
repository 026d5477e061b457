package io.aerocast.training.score;

/// The quality of prediction intervals at one horizon. Coverage alone favours wide intervals and width alone narrow
/// ones; Winkler and pinball weigh the two against each other, and smaller is better.
///
/// @param count number of intervals whose target was observed
/// @param nominal fraction of the observations that the intervals are meant to cover, 1 − α
/// @param coverage fraction of the observations that they covered, bounds included
/// @param width mean width, in the target's unit
/// @param winkler mean of width + 2/α · (distance of the observation from the interval), in the target's unit
///     (Winkler 1972; Gneiting and Raftery 2007, interval score)
/// @param pinball mean pinball loss (τ − 1{y<q})(y − q) of the lower bound (τ = α/2), the forecast (τ = ½) and the
///     upper bound (τ = 1 − α/2), in the target's unit; twice of it approximates the CRPS
public record IntervalScore(int count, double nominal, double coverage, double width, double winkler, double pinball) {

    /// Measures intervals; those whose observation is `NaN` are left out.
    ///
    /// @param nominal between 0 and 1
    /// @param actual shape [n], the observations
    /// @param value shape [n], the forecasts
    /// @param lower shape [n], lower bounds
    /// @param upper shape [n], upper bounds
    /// @return all `NaN` for a count of 0
    public static IntervalScore of(double nominal, double[] actual, double[] value, double[] lower, double[] upper) {
        if (!(nominal > 0 && nominal < 1)) {
            throw new IllegalArgumentException(
                    "An interval's nominal coverage lies between 0 and 1, found %s".formatted(nominal));
        }
        double alpha = 1 - nominal;
        int count = 0;
        int inside = 0;
        double width = 0;
        double missed = 0;
        double pinball = 0;
        for (int i = 0; i < actual.length; i++) {
            double y = actual[i];
            if (!Double.isNaN(y)) {
                count++;
                inside += lower[i] <= y && y <= upper[i] ? 1 : 0;
                width += upper[i] - lower[i];
                missed += Math.max(0, lower[i] - y) + Math.max(0, y - upper[i]);
                pinball += (pinball(alpha / 2, y, lower[i])
                                + pinball(0.5, y, value[i])
                                + pinball(1 - alpha / 2, y, upper[i]))
                        / 3;
            }
        }
        return new IntervalScore(
                count,
                nominal,
                (double) inside / count,
                width / count,
                (width + 2 / alpha * missed) / count,
                pinball / count);
    }

    /// The pinball loss of a quantile.
    ///
    /// @param tau level of the quantile, between 0 and 1
    /// @param actual the observation
    /// @param quantile the forecast quantile
    public static double pinball(double tau, double actual, double quantile) {
        return (tau - (actual < quantile ? 1 : 0)) * (actual - quantile);
    }
}
