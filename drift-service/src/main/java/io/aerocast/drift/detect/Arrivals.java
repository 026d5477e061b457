package io.aerocast.drift.detect;

import java.time.Instant;

/// How many readings of one feature arrive, whether or not they were forecast.
///
/// @param at grid time of the newest reading
/// @param recent share of the grid times with a reading, recent; a gap counts as [#GAP] steps at most, so that one
///     outage is no lack of readings
/// @param usual the same over a long time, with its usual fluctuation: many stations have gaps in clusters
record Arrivals(Instant at, double recent, Baseline usual) {

    private static final double MEMORY = 72;
    private static final long GAP = 6;

    /// Distance from the usual number, in standard deviations, that is a lack, and the smallest of those.
    private static final double LACK = 3;

    private static final double LEAST_LACK = 0.05;

    /// Days before the usual number is known.
    private static final int KNOWN_DAYS = 7;

    static Arrivals first(Instant at) {
        return new Arrivals(at, 1, Baseline.NONE);
    }

    /// Counts a reading. One that is not newer than all before it changes nothing.
    ///
    /// @param days over which the usual number is learnt
    Arrivals next(Instant now, Grid grid, int days) {
        long steps = grid.steps(at, now);
        if (steps < 1) {
            return this;
        }
        double faded = recent * Math.pow(1 - 1 / MEMORY, Math.min(steps, GAP) - 1.0);
        double share = faded + (1 - faded) / MEMORY;
        return new Arrivals(now, share, usual.next(share, days * (double) grid.day()));
    }

    /// Whether fewer readings arrive than a part of the usual number, and fewer than its fluctuation explains.
    boolean lack(double part, Grid grid) {
        return usual.knows(KNOWN_DAYS * (double) grid.day())
                && recent < part * usual.mean()
                && usual.score(recent, LEAST_LACK) < -LACK;
    }

    /// Whether a lack is over: more than half of the missing readings arrive again.
    boolean suffice(double part) {
        return recent >= (1 + part) / 2 * usual.mean();
    }

    /// The recent number as a part of the usual one.
    double share() {
        return usual.mean() > 0 ? recent / usual.mean() : 1;
    }
}
