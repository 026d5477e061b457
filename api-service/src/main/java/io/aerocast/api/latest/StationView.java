package io.aerocast.api.latest;

import io.aerocast.api.evaluate.DriftView;
import io.aerocast.api.evaluate.RollingError;
import io.aerocast.event.Observation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// One station in the reply of `GET /latest`.
///
/// @param observation the newest one
/// @param arrived its arrival on the topic, by the broker's clock
/// @param drift the most severe drift state of its targets
/// @param targets the features that are forecast, in the pipeline's order
record StationView(
        String pipeline,
        String station,
        Observation observation,
        Instant arrived,
        DriftView drift,
        List<TargetView> targets) {

    static StationView of(Observation observation, Instant arrived, List<TargetView> targets) {
        DriftView worst = targets.stream()
                .map(TargetView::drift)
                .max(Comparator.comparing(DriftView::state))
                .orElseThrow();
        return new StationView(observation.pipeline(), observation.station(), observation, arrived, worst, targets);
    }

    /// One target of a station.
    ///
    /// @param unit unit of its readings, forecasts and errors
    /// @param recent its readings in the last two lookbacks, oldest first
    /// @param forecasts the newest of each kind of model
    /// @param errors rolling errors per source, model and horizon
    record TargetView(
            String feature,
            String unit,
            List<Reading> recent,
            List<ForecastView> forecasts,
            List<RollingError> errors,
            DriftView drift) {}

    /// @param timestamp time of the observation
    /// @param value in the target's unit
    record Reading(Instant timestamp, double value) {}
}
