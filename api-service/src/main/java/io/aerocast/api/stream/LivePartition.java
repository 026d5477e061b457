package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The stations of one partition of the observations, for as long as the partition is assigned. Not safe for use by
/// several threads.
final class LivePartition {

    private final Pipelines pipelines;
    private final int history;
    private final IntervalMetrics metrics;
    private final Map<String, LiveStation> stations = new HashMap<>();

    /// Forecasts that the broker has not acknowledged yet.
    private final Queue<Forecast> unsent = new ArrayDeque<>();

    private long next;

    /// @param history grid times before the lookback that each station keeps
    /// @param next the first offset to forecast from
    LivePartition(Pipelines pipelines, int history, IntervalMetrics metrics, long next) {
        this.pipelines = pipelines;
        this.history = history;
        this.metrics = metrics;
        this.next = next;
    }

    /// The offset after the last observation that was processed.
    long next() {
        return next;
    }

    void processed(long offset) {
        next = offset + 1;
    }

    Queue<Forecast> unsent() {
        return unsent;
    }

    /// Adds an observation to its station.
    Arrival arrive(Observation observation) {
        Optional<Pipeline> pipeline = pipelines.find(observation.pipeline());
        if (pipeline.isEmpty()) {
            return new Passed(Why.UNKNOWN_PIPELINE);
        }
        if (!plausible(observation, pipeline.get())) {
            return new Passed(Why.IMPLAUSIBLE);
        }
        return stations.computeIfAbsent(
                        Topics.key(observation.pipeline(), observation.station()),
                        _ -> new LiveStation(pipeline.get(), history, metrics))
                .arrive(observation);
    }

    private static boolean plausible(Observation observation, Pipeline pipeline) {
        return pipeline.features().stream().allMatch(feature -> {
            Double reading = observation.readings().get(feature.name());
            return reading == null || feature.plausible(reading);
        });
    }
}
