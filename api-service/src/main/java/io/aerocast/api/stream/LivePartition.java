package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;

/// The stations of one partition of the observations, for as long as the partition is assigned; the least recently
/// observed are forgotten beyond a number. Not safe for use by several threads.
final class LivePartition {

    private final Pipelines pipelines;
    private final StreamProperties properties;
    private final IntervalMetrics metrics;
    private final Counter forgotten;
    private final SequencedMap<String, LiveStation> stations = new LinkedHashMap<>(16, 0.75f, true);

    /// Forecasts that the broker has not acknowledged yet.
    private final Queue<Forecast> unsent = new ArrayDeque<>();

    private long next;

    /// @param forgotten counts the stations that are forgotten
    /// @param next the first offset to forecast from
    LivePartition(
            Pipelines pipelines, StreamProperties properties, IntervalMetrics metrics, Counter forgotten, long next) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.metrics = metrics;
        this.forgotten = forgotten;
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
        return station(pipeline.get(), observation.station()).arrive(observation);
    }

    private LiveStation station(Pipeline pipeline, String name) {
        LiveStation station = stations.computeIfAbsent(
                Topics.key(pipeline.name(), name),
                _ -> new LiveStation(pipeline, properties.intervalHistory(), metrics));
        if (stations.size() > properties.stations()) {
            stations.pollFirstEntry();
            forgotten.increment();
        }
        return station;
    }

    private static boolean plausible(Observation observation, Pipeline pipeline) {
        return pipeline.features().stream().allMatch(feature -> {
            Double reading = observation.readings().get(feature.name());
            return reading == null || feature.plausible(reading);
        });
    }
}
