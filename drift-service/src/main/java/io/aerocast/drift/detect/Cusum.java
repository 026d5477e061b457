package io.aerocast.drift.detect;

import java.time.Instant;

/// A one-sided cumulative sum (Page 1954): `S = max(0, S + z − k)`, where `z` is clipped from above.
///
/// @param statistic `S`, in standard deviations
/// @param since time at which `S` was last 0: the estimated time of the change
/// @param count observations since then
/// @param errors sum of their absolute errors, in the target's unit
public record Cusum(double statistic, Instant since, int count, double errors) {

    static Cusum zero(Instant at) {
        return new Cusum(0, at, 0, 0);
    }

    /// @param cap upper bound of `S`, so that it falls back soon after the errors are normal again
    Cusum next(double z, double slack, double cap, ForecastOutcome outcome) {
        double sum = Math.min(cap, Math.max(0, statistic + z - slack));
        return sum == 0 ? zero(outcome.at()) : new Cusum(sum, since, count + 1, errors + outcome.error());
    }

    /// Mean absolute error since the change, in the target's unit; 0 without a change.
    public double recentError() {
        return count == 0 ? 0 : errors / count;
    }
}
