package io.aerocast.drift.match;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The grid times of the stations of one partition: the observed value at each, and the forecasts made for it.
/// Each forecast is joined with the observation once, whichever arrives first and however often either arrives. A
/// grid time is dropped once the station's newest time is ahead of it by more than the pipeline's largest horizon
/// plus the grace.
///
/// Every forecast has an entry of its own: with one entry for all forecasts of a grid time, each new forecast would
/// read and write all others again.
///
/// @param actuals first reading of the target, in its unit, by pipeline, station and grid time
/// @param forecasts by pipeline, station, grid time and the forecast's identity
/// @param newest milliseconds of the newest grid time, by pipeline and station
/// @param grace see [MatchProperties], in steps of the pipeline's cadence
record TargetSlots(
        KeyValueStore<String, Double> actuals,
        KeyValueStore<String, Expected> forecasts,
        KeyValueStore<String, Long> newest,
        int grace) {

    private static final StringSerializer PREFIX = new StringSerializer();

    /// Advances a station's newest time and drops the grid times that are too far behind it.
    ///
    /// @param now grid time of an observation, or of a forecast's origin
    void advance(Pipeline pipeline, String station, Instant now) {
        String member = Topics.key(pipeline.name(), station);
        Long before = newest.get(member);
        if (before == null || before < now.toEpochMilli()) {
            newest.put(member, now.toEpochMilli());
            Instant oldest = oldest(pipeline, now);
            drop(actuals, member, oldest);
            drop(forecasts, member, oldest);
        }
    }

    /// Whether a grid time has already been dropped.
    boolean tooLate(Pipeline pipeline, String station, Instant slot) {
        Long now = newest.get(Topics.key(pipeline.name(), station));
        return now != null && slot.isBefore(oldest(pipeline, Instant.ofEpochMilli(now)));
    }

    /// Adds the observed value of a grid time. A second reading for the same grid time is ignored.
    ///
    /// @return evaluations of the forecasts that were waiting for it
    List<Evaluation> observed(Pipeline pipeline, String station, Instant slot, double reading) {
        String key = key(Topics.key(pipeline.name(), station), slot.toEpochMilli());
        List<Evaluation> evaluations = new ArrayList<>();
        if (actuals.putIfAbsent(key, reading) == null) {
            List<String> joined = new ArrayList<>();
            try (KeyValueIterator<String, Expected> all = forecasts.prefixScan(key + "/", PREFIX)) {
                all.forEachRemaining(entry -> {
                    Forecast waiting = entry.value.waiting();
                    if (waiting != null) {
                        joined.add(entry.key);
                        evaluations.add(evaluation(waiting, reading));
                    }
                });
            }
            joined.forEach(id -> forecasts.put(id, Expected.JOINED));
        }
        return evaluations;
    }

    /// Adds a forecast. A known one is ignored.
    ///
    /// @return its evaluation, if the observation is already known
    List<Evaluation> forecast(Pipeline pipeline, Forecast forecast) {
        String slot = key(
                Topics.key(pipeline.name(), forecast.station()),
                forecast.target().toEpochMilli());
        String id = slot + "/" + forecast.id();
        if (forecasts.get(id) != null) {
            return List.of();
        }
        Double actual = actuals.get(slot);
        forecasts.put(id, actual == null ? new Expected(forecast) : Expected.JOINED);
        return actual == null ? List.of() : List.of(evaluation(forecast, actual));
    }

    private Instant oldest(Pipeline pipeline, Instant now) {
        return pipeline.after(now, -(pipeline.horizons().getLast() + grace));
    }

    private static <V> void drop(KeyValueStore<String, V> store, String member, Instant before) {
        // '0' is the character after '/': the range includes the entries of the last grid time.
        String last = key(member, Math.max(0, before.toEpochMilli() - 1)) + "0";
        List<String> dropped = new ArrayList<>();
        try (KeyValueIterator<String, V> old = store.range(key(member, 0), last)) {
            old.forEachRemaining(entry -> dropped.add(entry.key));
        }
        dropped.forEach(store::delete);
    }

    private static Evaluation evaluation(Forecast forecast, double actual) {
        return new Evaluation(
                forecast.id(),
                forecast.pipeline(),
                forecast.station(),
                forecast.model(),
                forecast.modelVersion(),
                forecast.target(),
                forecast.horizon(),
                forecast.value(),
                actual,
                forecast.persistence(),
                EvaluationSource.MATCHED,
                forecast.lower(),
                forecast.upper());
    }

    /// Zero-padded: the keys of a station sort by time.
    private static String key(String member, long millis) {
        return "%s/%019d".formatted(member, millis);
    }
}
