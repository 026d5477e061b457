package io.aerocast.training.backtest;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Observations by grid time.
///
/// @param byTime observations of one grid time in order of their own time, so that a later report corrects an
///     earlier one
record Timeline(NavigableMap<Instant, List<Observation>> byTime) {

    /// @throws IllegalArgumentException if there are none, or one is of another pipeline
    static Timeline of(Pipeline pipeline, Collection<Observation> observations) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is not one observation of pipeline %s".formatted(pipeline.name()));
        }
        NavigableMap<Instant, List<Observation>> byTime = new TreeMap<>();
        observations.stream()
                .sorted(Comparator.comparing(Observation::timestamp))
                .forEach(observation -> byTime.computeIfAbsent(
                                pipeline.slot(observation.timestamp()), _ -> new ArrayList<>())
                        .add(observation));
        return new Timeline(byTime);
    }

    Instant first() {
        return byTime.firstKey();
    }

    Instant last() {
        return byTime.lastKey();
    }

    Collection<List<Observation>> before(Instant time) {
        return byTime.headMap(time, false).values();
    }

    Map<Instant, List<Observation>> within(Fold fold) {
        return byTime.subMap(fold.testFrom(), true, fold.testTo(), false);
    }
}
