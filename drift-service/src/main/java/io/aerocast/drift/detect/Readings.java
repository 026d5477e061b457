package io.aerocast.drift.detect;

import org.jspecify.annotations.Nullable;

/// Statistics of the readings themselves: runs of equal values, and movement.
///
/// @param last the latest reading, in the target's unit, or `null` before the first
/// @param same length of the current run of equal readings, at least 1 after the first reading
/// @param count readings so far, counted up to [#MEMORY]
/// @param move distance from the reading at the forecast's origin to the latest reading, in the target's unit
/// @param pace exponentially weighted mean of the moves over [#MEMORY] readings, winsorised, in the target's unit
public record Readings(@Nullable Double last, int same, int count, double move, double pace) {

    /// A day of hourly readings.
    static final int MEMORY = 24;

    private static final double PACE_CLIP = 4;

    static Readings none() {
        return new Readings(null, 0, 0, 0, 0);
    }

    Readings next(ForecastOutcome outcome, double resolution) {
        double actual = outcome.actual();
        Double origin = outcome.persistence() != null ? outcome.persistence() : last;
        double moved = origin == null ? pace : Math.abs(actual - origin);
        int counted = Math.min(MEMORY, count + 1);
        double clipped = counted < MEMORY ? moved : Math.min(moved, PACE_CLIP * Math.max(pace, resolution));
        boolean repeated = last != null && last == actual;
        return new Readings(actual, repeated ? same + 1 : 1, counted, moved, pace + (clipped - pace) / counted);
    }

    /// Measure of how hard the observation was to forecast: half the move itself, half the pace of the last day,
    /// in the target's unit. Without it, days of changeable weather look like drift.
    double movement() {
        return 0.5 * move + 0.5 * pace;
    }
}
