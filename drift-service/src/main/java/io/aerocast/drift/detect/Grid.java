package io.aerocast.drift.detect;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Steps of a pipeline's time grid.
///
/// @param step length of a step, in milliseconds
/// @param day steps in a day: the first season of the pipeline, 24 where it has none
/// @param watched the horizons that are judged, see [#watched(Pipeline)]
/// @param reach steps for which a reading is within a lookback, or a forecast from it is still open
record Grid(long step, int day, List<Integer> watched, int reach) {

    static final int LONGEST_COURSE = 48;

    private static final int DAY = 24;

    static Grid of(Pipeline pipeline) {
        long step = pipeline.cadence().toMillis();
        int day = pipeline.seasons().stream()
                .map(Season::period)
                .mapToInt(period -> (int) Math.max(1, period.toMillis() / step))
                .findFirst()
                .orElse(DAY);
        return new Grid(
                step,
                day,
                watched(pipeline).toList(),
                pipeline.lookback() + pipeline.horizons().getLast());
    }

    /// The nearest horizon, the one at a quarter of the pipeline's list, and the farthest one.
    static Stream<Integer> watched(Pipeline pipeline) {
        List<Integer> horizons = pipeline.horizons();
        return Stream.of(horizons.getFirst(), horizons.get((horizons.size() - 1) / 4), horizons.getLast())
                .distinct();
    }

    /// Steps for which a jump is followed: there are forecasts from before it.
    int followed() {
        return Math.min(day, far());
    }

    int near() {
        return watched.getFirst();
    }

    int far() {
        return watched.getLast();
    }

    long steps(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / step;
    }

    int steps(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis() / step);
    }

    Instant back(Instant at, long steps) {
        return at.minusMillis(steps * step);
    }

    int stepOfDay(Instant at) {
        return (int) Math.floorMod(at.toEpochMilli() / step, (long) day);
    }
}
