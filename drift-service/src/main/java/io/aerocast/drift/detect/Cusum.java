package io.aerocast.drift.detect;

import java.time.Instant;

/// A one-sided cumulative sum (Page 1954): `S = max(0, S + w (z − k))`, where `z` is clipped from above.
///
/// @param statistic `S`
/// @param since time at which `S` was last 0: the estimated time of the change
public record Cusum(double statistic, Instant since) {

    static Cusum zero(Instant at) {
        return new Cusum(0, at);
    }

    /// @param z already clipped, in standard deviations
    /// @param slack `k`, in standard deviations
    /// @param weight `w`, the part of an independent value that `z` is
    /// @param cap upper bound of `S`, so that it falls back soon after the errors are normal again
    Cusum next(Instant at, double z, double slack, double weight, double cap) {
        double sum = Math.min(cap, statistic + weight * (z - slack));
        return sum <= 0 ? zero(at) : new Cusum(sum, since);
    }
}
