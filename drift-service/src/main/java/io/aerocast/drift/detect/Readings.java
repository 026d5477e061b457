package io.aerocast.drift.detect;

import org.jspecify.annotations.Nullable;

/// What the readings themselves do: repeat, or move.
///
/// @param last the latest reading, in the target's unit, or `null` before the first
/// @param same equal readings in a row, at least 1 after the first
/// @param count readings so far, counted up to [#MEMORY]
/// @param move distance from the forecast's origin to the latest reading
/// @param pace mean of the recent moves, exponentially weighted over [#MEMORY] readings, winsorised
public record Readings(@Nullable Double last, int same, int count, double move, double pace) {

    /// A day of hourly readings.
    static final int MEMORY = 24;

    private static final double PACE_CLIP = 4;

    static Readings none() {
        return new Readings(null, 0, 0, 0, 0);
    }

    Readings next(Outcome outcome, double resolution) {
        double actual = outcome.actual();
        Double origin = outcome.persistence() != null ? outcome.persistence() : last;
        double moved = origin == null ? pace : Math.abs(actual - origin);
        int counted = Math.min(MEMORY, count + 1);
        double clipped = counted < MEMORY ? moved : Math.min(moved, PACE_CLIP * Math.max(pace, resolution));
        boolean repeated = last != null && last == actual;
        return new Readings(actual, repeated ? same + 1 : 1, counted, moved, pace + (clipped - pace) / counted);
    }

    /// How hard the moment was to forecast: half the move itself, half the pace of the last day. Weather has quiet
    /// and lively days; without this the lively ones look like drift.
    double movement() {
        return 0.5 * move + 0.5 * pace;
    }
}
