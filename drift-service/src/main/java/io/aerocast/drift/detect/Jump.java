package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation.Pair;
import java.time.Instant;

/// A jump of the readings against the one-step forecast, followed by means of the forecasts that were made
/// before it: has every reading since then moved by a constant, or become right in another unit?
///
/// @param at time of the first reading after the jump
/// @param size its one-step error, in the feature's unit
/// @param readings readings since the jump, at least 1
/// @param strayed those of the first [#AT_ONCE] steps that do not lie about `size` away from the forecast
/// @param later sum of the errors of the readings of the second half of the day
/// @param laterReadings number of them
/// @param laterSigma sum of the standard deviations of their forecasts
/// @param unchanged sum of the squared errors, in standard deviations of the forecast
/// @param converted the same, if the readings are in °F
public record Jump(
        Instant at,
        double size,
        int readings,
        int strayed,
        double later,
        int laterReadings,
        double laterSigma,
        double unchanged,
        double converted) {

    /// Steps in which every reading of an offset lies about its size away from the forecast.
    private static final int AT_ONCE = 8;

    /// Distance of the mean later error from the size, in mean standard deviations, that weather explains.
    private static final double UNCERTAIN = 1.5;

    /// Width of a 90 % interval, in standard deviations.
    private static final double WIDTH = 3.29;

    static Jump of(Instant at, double size) {
        return new Jump(at, size, 0, 0, 0, 0, 0, 0, 0);
    }

    /// @param age steps since the jump, 1 at the jump itself
    /// @param day steps for which the jump is followed
    /// @param before the forecast of this reading that was made last before the jump
    Jump next(long age, int day, double actual, Pair before, double least) {
        double error = actual - before.predicted();
        double sigma = Math.max(least, sigma(before));
        double fahrenheit = actual - (1.8 * before.predicted() + 32);
        boolean strays = Math.abs(error - size) > Math.max(Math.abs(size) / 2, 1.5 * sigma);
        boolean isLater = 2 * age > day;
        return new Jump(
                at,
                size,
                readings + 1,
                strayed + (strays && age <= AT_ONCE ? 1 : 0),
                later + (isLater ? error : 0),
                laterReadings + (isLater ? 1 : 0),
                laterSigma + (isLater ? sigma : 0),
                unchanged + Math.pow(error / sigma, 2),
                converted + Math.pow(fahrenheit / (1.8 * sigma), 2));
    }

    private static double sigma(Pair pair) {
        return pair.lower() == null || pair.upper() == null ? 0 : (pair.upper() - pair.lower()) / WIDTH;
    }

    /// Whether the readings have not stayed where the jump took them.
    boolean isOver() {
        return strayed > 0 && !(readings <= 6 && unchanged > 9 * readings);
    }

    /// Likelihood ratio: far from the forecasts, and near to them as degrees Fahrenheit.
    boolean isUnitChange() {
        return readings >= 3 && unchanged > 9 * readings && converted < 4 * readings && converted * 4 < unchanged;
    }

    /// Whether the forecasts from before the jump are wrong by the same constant at its end as at its
    /// beginning, as far as their own uncertainty tells.
    boolean isOffset(double tolerance) {
        double moved = Math.abs(later - laterReadings * size);
        return strayed == 0
                && laterReadings > 0
                && later * size > 0
                && moved <= Math.max(tolerance * laterReadings * Math.abs(size), UNCERTAIN * laterSigma);
    }
}
