package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import io.aerocast.pipeline.Feature;
import java.time.Instant;
import java.util.Comparator;
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
/// @param readings statistics of the readings that were forecast
/// @param arrivals how many readings arrive
/// @param clock whether the daily course is shifted
/// @param level daily means of the readings
/// @param models by kind
/// @param size evidence that one-step errors have grown
/// @param above evidence that forecasts a day ahead are too low
/// @param below evidence that they are too high
/// @param shocks times of recent large one-step errors
/// @param spikes times of recent spikes
/// @param refused readings of the last day that the ingest service refused
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
        Arrivals arrivals,
        Clock clock,
        Level level,
        Map<String, ModelWatch> models,
        Cusum size,
        Cusum above,
        Cusum below,
        List<Instant> shocks,
        List<Instant> spikes,
        Refusals refused,
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

    /// The state after a reading that the ingest service refused. As the fault of readings that are not
    /// plausible takes the evidence of their errors back, it is no drift.
    ///
    /// @param at grid time
    /// @param feature whose reading it is
    FeatureWatch refused(Instant at, double value, Feature feature, Grid grid) {
        Refusals latest = refused.next(at, value, grid);
        boolean begins = latest.isFault() && (fault == null || fault == Fault.DROPOUT);
        Map<String, ModelWatch> judged = new TreeMap<>(models);
        if (latest.isFault()) {
            judged.replaceAll((_, model) -> model.interrupted());
        }
        return new FeatureWatch(
                begins ? DriftState.SENSOR_FAULT : state,
                begins ? latest.fault(feature, readings.value()) : fault,
                begins ? at : since,
                served,
                readings,
                arrivals,
                clock,
                level,
                judged,
                begins ? Cusum.zero(at) : size,
                begins ? Cusum.zero(at) : above,
                begins ? Cusum.zero(at) : below,
                shocks,
                spikes,
                latest,
                begins ? null : jump,
                begins ? 0 : offset,
                latest.isFault() ? grid.back(at, -grid.reach()) : holdUntil,
                coolUntil,
                episode);
    }

    /// The state after a reading that arrived. Too few of them are a fault also where no forecast reaches the
    /// readings that are left, so that none of them is evaluated.
    ///
    /// @param at grid time
    FeatureWatch arrived(Instant at, Grid grid, DetectProperties settings) {
        Arrivals latest = arrivals.next(at, grid, settings.memory());
        boolean begins = fault == null && latest.lack(settings.dropout(), grid);
        boolean ends = fault == Fault.DROPOUT && latest.suffice(settings.dropout());
        DriftState open = episode == null ? DriftState.CALM : DriftState.DRIFT;
        return new FeatureWatch(
                begins ? DriftState.SENSOR_FAULT : ends ? open : state,
                begins ? Fault.DROPOUT : ends ? null : fault,
                begins || ends ? at : since,
                served,
                readings,
                latest,
                clock,
                level,
                models,
                size,
                above,
                below,
                shocks,
                spikes,
                refused,
                jump,
                offset,
                holdUntil,
                coolUntil,
                episode);
    }

    /// Whether an evaluation comes after all those before it.
    boolean precedes(Instant at, String kind) {
        ModelWatch model = models.get(kind);
        return !at.isBefore(readings.at()) && (model == null || at.isAfter(model.at()));
    }

    /// Version of the kind of model that is served, or of the one that was evaluated last.
    String version() {
        ModelWatch model = models.get(served);
        return model != null
                ? model.version()
                : models.values().stream()
                        .max(Comparator.comparing(ModelWatch::at))
                        .orElseThrow()
                        .version();
    }

    boolean differsFrom(FeatureWatch other) {
        return state != other.state || fault != other.fault;
    }
}
