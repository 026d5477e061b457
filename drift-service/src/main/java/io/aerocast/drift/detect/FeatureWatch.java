package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The detector's state of one feature of a station.
///
/// @param state the reported state
/// @param fault the fault, or `null`
/// @param since time at which the state began
/// @param served the kind of model that is served: the blend, where there is one
/// @param readings statistics of the readings
/// @param clock whether the daily course is shifted
/// @param level daily means of the readings
/// @param models by kind
/// @param size evidence that one-step errors have grown
/// @param above evidence that forecasts a day ahead are too low
/// @param below evidence that they are too high
/// @param shocks times of recent large one-step errors
/// @param spikes times of recent spikes
/// @param jump the jump that is being followed, or `null`
/// @param offset size of the offset or unit change that is in force, 0 without one
/// @param holdUntil errors up to this time have no weight
/// @param coolUntil no episode begins up to this time
/// @param episode the open episode, or `null`
public record FeatureWatch(
        DriftState state,
        @Nullable Fault fault,
        Instant since,
        String served,
        Readings readings,
        Clock clock,
        Level level,
        Map<String, ModelWatch> models,
        Cusum size,
        Cusum above,
        Cusum below,
        List<Instant> shocks,
        List<Instant> spikes,
        @Nullable Jump jump,
        double offset,
        Instant holdUntil,
        Instant coolUntil,
        @Nullable Episode episode) {

    public FeatureWatch {
        models = new TreeMap<>(models);
        shocks = List.copyOf(shocks);
        spikes = List.copyOf(spikes);
    }

    /// Whether an evaluation comes after all those before it.
    boolean precedes(Instant at, String kind) {
        ModelWatch model = models.get(kind);
        return !at.isBefore(readings.at()) && (model == null || at.isAfter(model.at()));
    }

    boolean differsFrom(FeatureWatch other) {
        return state != other.state || fault != other.fault;
    }
}
