package io.aerocast.drift.detect;

import io.aerocast.event.Fault;
import io.aerocast.pipeline.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The latest readings that the ingest service refused because they are not plausible. They never become
/// observations, so no error shows them.
///
/// @param latest within a day of each other, at most [#LIMIT]
record Refusals(List<Refusal> latest) {

    static final Refusals NONE = new Refusals(List.of());

    /// Refusals within a day that are a fault.
    static final int LIMIT = 3;

    /// A reading as degrees Fahrenheit lies that much nearer to the last accepted one than the reading itself.
    private static final double NEARER = 4;

    Refusals {
        latest = List.copyOf(latest);
    }

    /// @param at grid time
    /// @param value in the feature's unit
    record Refusal(Instant at, double value) {}

    /// Adds a refused reading, and drops those more than a day away from it. One at the same time as another is a
    /// repetition.
    Refusals next(Instant at, double value, Grid grid) {
        if (latest.stream().anyMatch(refusal -> refusal.at().equals(at))) {
            return this;
        }
        List<Refusal> all = new ArrayList<>(around(at, grid).latest);
        all.add(new Refusal(at, value));
        return new Refusals(all.subList(Math.max(0, all.size() - LIMIT), all.size()));
    }

    /// Those within a day before or after a time. A refused time in the far future does not stay for long.
    Refusals around(Instant at, Grid grid) {
        return latest.isEmpty()
                ? this
                : new Refusals(latest.stream()
                        .filter(refusal -> Math.abs(grid.steps(refusal.at(), at)) <= grid.day())
                        .toList());
    }

    boolean isEmpty() {
        return latest.isEmpty();
    }

    boolean isFault() {
        return latest.size() >= LIMIT;
    }

    /// A unit change if every reading fits the last accepted one much better as degrees Fahrenheit.
    ///
    /// @param accepted the last accepted reading
    Fault fault(Feature feature, double accepted) {
        boolean converts = feature.unit().equals("°C")
                && latest.stream().allMatch(refusal -> isFahrenheit(refusal.value(), accepted));
        return converts ? Fault.UNIT_CHANGE : Fault.IMPLAUSIBLE;
    }

    private static boolean isFahrenheit(double value, double accepted) {
        return NEARER * Math.abs((value - 32) / 1.8 - accepted) < Math.abs(value - accepted);
    }
}
