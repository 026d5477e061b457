package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation.Pair;
import java.time.Instant;

/// A jump of the readings against the one-step forecast, followed by means of the forecasts that were made before it:
/// has every reading since then moved by a constant, or become right in another unit?
///
/// @param at time of the first reading after the jump
/// @param size its one-step error, in the feature's unit
/// @param score the same in standard deviations
/// @param readings readings since the jump, at least 1
/// @param constant those that lie about `size` away from the forecast
/// @param unchanged sum of the squared errors, in standard deviations of the forecast
/// @param converted the same, if the readings are in °F
public record Jump(
        Instant at, double size, double score, int readings, int constant, double unchanged, double converted) {

    private static final double TO_95 = 3.29;

    static Jump of(Instant at, double size, double score) {
        return new Jump(at, size, score, 0, 0, 0, 0);
    }

    /// @param before the forecast of this reading that was made last before the jump
    Jump next(double actual, Pair before, double least) {
        double error = actual - before.predicted();
        double sigma = Math.max(least, sigma(before));
        boolean near = Math.abs(error - size) <= Math.max(Math.abs(size) / 2, 1.5 * sigma);
        double fahrenheit = actual - (1.8 * before.predicted() + 32);
        return new Jump(
                at,
                size,
                score,
                readings + 1,
                constant + (near ? 1 : 0),
                unchanged + Math.pow(error / sigma, 2),
                converted + Math.pow(fahrenheit / (1.8 * sigma), 2));
    }

    private static double sigma(Pair pair) {
        return pair.lower() == null || pair.upper() == null ? 0 : (pair.upper() - pair.lower()) / TO_95;
    }

    /// Likelihood ratio: far from the forecasts, and near to them as degrees Fahrenheit.
    boolean isUnitChange() {
        return readings >= 3 && unchanged > 9 * readings && converted < 4 * readings && converted * 4 < unchanged;
    }

    boolean isConstant(int needed) {
        return readings >= needed && constant == readings;
    }
}
