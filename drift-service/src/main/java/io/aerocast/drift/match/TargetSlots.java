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

/// The grid times of the stations of one partition: what came true at each, and the forecasts that were made for it.
/// Each
/// forecast meets the observation once, whichever arrives first and however often either arrives. A station's grid
/// times
/// are forgotten once its newest time has passed them by the pipeline's largest horizon and the grace.
///
/// Every forecast has an entry of its own: with all forecasts of a grid time in one, each would read and write the
/// others
/// anew.
///
/// @param actuals the target's first reading in its unit, by pipeline, station and grid time
/// @param forecasts by pipeline, station, grid time and the forecast's identity
/// @param newest milliseconds of the newest grid time, by pipeline and station
/// @param grace in steps of the pipeline's cadence
record TargetSlots(
        KeyValueStore<String, Double> actuals,
        KeyValueStore<String, Expected> forecasts,
        KeyValueStore<String, Long> newest,
        int grace) {

    private static final StringSerializer PREFIX = new StringSerializer();

    /// Moves a station's time forward and forgets what lies too far behind it.
    ///
    /// @param now grid time of an observation, or of a forecast's origin
    void advance(Pipeline pipeline, String station, Instant now) {
        String member = Topics.key(pipeline.name(), station);
        Long before = newest.get(member);
        if (before == null || before < now.toEpochMilli()) {
            newest.put(member, now.toEpochMilli());
            Instant oldest = oldest(pipeline, now);
            forget(actuals, member, oldest);
            forget(forecasts, member, oldest);
        }
    }

    /// Whether a grid time is already forgotten.
    boolean tooLate(Pipeline pipeline, String station, Instant slot) {
        Long now = newest.get(Topics.key(pipeline.name(), station));
        return now != null && slot.isBefore(oldest(pipeline, Instant.ofEpochMilli(now)));
    }

    /// Takes what came true at a grid time; a second reading for the same one changes nothing.
    ///
    /// @return the forecasts that met it
    List<Evaluation> observed(Pipeline pipeline, String station, Instant slot, double reading) {
        String key = key(Topics.key(pipeline.name(), station), slot.toEpochMilli());
        List<Evaluation> evaluations = new ArrayList<>();
        if (actuals.putIfAbsent(key, reading) == null) {
            List<String> met = new ArrayList<>();
            try (KeyValueIterator<String, Expected> all = forecasts.prefixScan(key + "/", PREFIX)) {
                all.forEachRemaining(entry -> {
                    Forecast waiting = entry.value.waiting();
                    if (waiting != null) {
                        met.add(entry.key);
                        evaluations.add(evaluation(waiting, reading));
                    }
                });
            }
            met.forEach(id -> forecasts.put(id, Expected.MET));
        }
        return evaluations;
    }

    /// Takes a forecast; one that is known already changes nothing.
    ///
    /// @return the forecast, if its observation was there
    List<Evaluation> forecast(Pipeline pipeline, Forecast forecast) {
        String slot = key(
                Topics.key(pipeline.name(), forecast.station()),
                forecast.target().toEpochMilli());
        String id = slot + "/" + forecast.id();
        if (forecasts.get(id) != null) {
            return List.of();
        }
        Double actual = actuals.get(slot);
        forecasts.put(id, actual == null ? new Expected(forecast) : Expected.MET);
        return actual == null ? List.of() : List.of(evaluation(forecast, actual));
    }

    private Instant oldest(Pipeline pipeline, Instant now) {
        return pipeline.after(now, -(pipeline.horizons().getLast() + grace));
    }

    private static <V> void forget(KeyValueStore<String, V> store, String member, Instant before) {
        // '0' follows '/': the entries of the last grid time are within.
        String last = key(member, Math.max(0, before.toEpochMilli() - 1)) + "0";
        List<String> forgotten = new ArrayList<>();
        try (KeyValueIterator<String, V> old = store.range(key(member, 0), last)) {
            old.forEachRemaining(entry -> forgotten.add(entry.key));
        }
        forgotten.forEach(store::delete);
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

    /// Zero-padded, so that keys sort by time.
    private static String key(String member, long millis) {
        return "%s/%019d".formatted(member, millis);
    }
}
