package io.aerocast.training.dataset;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;

/// The days that are never fitted as replay: every n-th day since 1970, so that they are the same in every run.
///
/// @param cadenceMillis length of a grid step
/// @param day number of steps of a day: the pipeline's first season, or its lookback where it has none
/// @param gap number of steps on both sides that are not fitted either
/// @param every n: one day in n is kept
public record CalmDays(long cadenceMillis, long day, long gap, int every) {

    static CalmDays of(Pipeline pipeline, int every) {
        return new CalmDays(
                pipeline.cadence().toMillis(),
                steps(pipeline),
                pipeline.horizons().getLast(),
                every);
    }

    /// Length of a day of a pipeline.
    public static Duration length(Pipeline pipeline) {
        return pipeline.cadence().multipliedBy(steps(pipeline));
    }

    private static long steps(Pipeline pipeline) {
        long cadence = pipeline.cadence().toMillis();
        return pipeline.seasons().stream()
                .findFirst()
                .map(Season::period)
                .map(period -> Math.max(1, Math.round((double) period.toMillis() / cadence)))
                .orElse((long) pipeline.lookback());
    }

    /// Whether a sample's origin lies in such a day; false for samples without times.
    boolean hold(Sample sample) {
        Instant origin = sample.lookback().origin();
        return origin != null && held(Math.floorDiv(step(origin), day));
    }

    /// Whether a sample's origin lies in such a day or in the gap beside one; false for samples without times.
    boolean near(Sample sample) {
        Instant origin = sample.lookback().origin();
        if (origin == null) {
            return false;
        }
        long last = Math.floorDiv(step(origin) + gap, day);
        for (long at = Math.floorDiv(step(origin) - gap, day); at <= last; at++) {
            if (held(at)) {
                return true;
            }
        }
        return false;
    }

    private long step(Instant origin) {
        return Math.floorDiv(origin.toEpochMilli(), cadenceMillis);
    }

    private boolean held(long number) {
        return Math.floorMod(number, every) == every - 1;
    }
}
