package io.aerocast.drift.match;

import io.aerocast.drift.station.Roster;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/// The grid times of the stations of one partition: the observed values at each, and the forecasts made at it. Each
/// horizon of each forecast is joined with the observed value once, whichever arrives first and however often
/// either arrives. A grid time is dropped once the station's newest observation is ahead of it by more than the
/// pipeline's largest horizon plus the grace.
///
/// Only stations that have sent an observation have state.
final class TargetSlots {

    private final KeyValueStore<GridKey, GridTime> grid;
    private final KeyValueStore<String, Progress> stations;
    private final Roster roster;
    private final MatchProperties properties;

    /// @param grid by pipeline, station, feature and grid time
    /// @param stations by pipeline and station
    /// @param roster the stations that have state
    /// @param properties times for which grid times are kept
    TargetSlots(
            KeyValueStore<GridKey, GridTime> grid,
            KeyValueStore<String, Progress> stations,
            Roster roster,
            MatchProperties properties) {
        this.grid = grid;
        this.stations = stations;
        this.roster = roster;
        this.properties = properties;
    }

    /// Notes an observation: advances the station's newest time, and drops what is too far behind it.
    ///
    /// @param arrival timestamp of the record, in epoch milliseconds
    /// @return whether the station has state; false if it is new and there are too many
    boolean hear(Pipeline pipeline, String station, Instant slot, long arrival) {
        if (!roster.hear(pipeline.name(), station, arrival)) {
            return false;
        }
        Progress before = progress(pipeline, station);
        Progress after = before.heard(slot.toEpochMilli(), roster.now(pipeline.name()));
        stations.put(Topics.key(pipeline.name(), station), after);
        if (before != Progress.NONE && after.newest() > before.newest()) {
            pipeline.targets()
                    .forEach(feature -> join(pipeline, station, feature, after).drop(oldest(pipeline, after)));
        }
        return true;
    }

    /// Drops the stations of a pipeline that have been silent for too long.
    ///
    /// @return their number
    int forget(Pipeline pipeline) {
        List<String> silent = roster.forget(pipeline.name());
        for (String station : silent) {
            pipeline.targets()
                    .forEach(feature ->
                            join(pipeline, station, feature, Progress.NONE).drop(Long.MAX_VALUE));
            stations.delete(Topics.key(pipeline.name(), station));
        }
        return silent.size();
    }

    /// Whether a station has sent an observation.
    boolean watches(Pipeline pipeline, String station) {
        return roster.contains(pipeline.name(), station);
    }

    /// Whether a grid time has already been dropped.
    boolean tooLate(Pipeline pipeline, String station, Instant slot) {
        return slot.toEpochMilli() < oldest(pipeline, progress(pipeline, station));
    }

    /// Adds the readings of a grid time.
    ///
    /// @return evaluations of the forecasts that were waiting for it
    List<Evaluation> observed(Pipeline pipeline, Observation observation, Instant slot) {
        Progress progress = progress(pipeline, observation.station());
        List<Evaluation> evaluations = new ArrayList<>();
        for (String feature : pipeline.targets()) {
            double reading = observation.readings().getOrDefault(feature, Double.NaN);
            if (Double.isFinite(reading)) {
                evaluations.addAll(join(pipeline, observation.station(), feature, progress)
                        .observed(slot.toEpochMilli(), reading));
            }
        }
        return evaluations;
    }

    /// Adds a forecast.
    ///
    /// @return evaluations of the observed values that were waiting for it
    List<Evaluation> forecast(Pipeline pipeline, Forecast forecast, Instant origin) {
        Progress progress = progress(pipeline, forecast.station());
        FeatureJoin join = join(pipeline, forecast.station(), forecast.feature(), progress);
        List<Evaluation> evaluations = join.forecast(forecast, origin.toEpochMilli());
        Map<String, Map<String, Long>> origins = new LinkedHashMap<>(progress.origins());
        origins.put(forecast.feature(), join.origins());
        stations.put(
                Topics.key(pipeline.name(), forecast.station()),
                new Progress(progress.newest(), progress.heardAt(), origins));
        return evaluations;
    }

    private FeatureJoin join(Pipeline pipeline, String station, String feature, Progress progress) {
        return new FeatureJoin(
                grid,
                pipeline,
                station,
                feature,
                progress.origins().getOrDefault(feature, Map.of()),
                properties.late());
    }

    private Progress progress(Pipeline pipeline, String station) {
        Progress progress = stations.get(Topics.key(pipeline.name(), station));
        return progress == null ? Progress.NONE : progress;
    }

    /// The oldest grid time that is kept, in epoch milliseconds.
    private long oldest(Pipeline pipeline, Progress progress) {
        long kept = pipeline.cadence().toMillis() * (pipeline.horizons().getLast() + properties.grace());
        return progress.newest() == Long.MIN_VALUE ? Long.MIN_VALUE : progress.newest() - kept;
    }
}
