package io.aerocast.drift.signal;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.RetrainReason;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;

/// The latest retrain signal of a feature of a pipeline.
///
/// @param station station that raised it
/// @param at time of the observation that raised it
/// @param reason why
record Raised(String station, Instant at, RetrainReason reason) {

    /// Whether this signal covers that of another station as well. Drift is not covered by a signal of degraded
    /// forecasts: it has a time since which the data have changed.
    boolean covers(DriftChanged change, RetrainReason wanted, Pipeline pipeline, int coolDown) {
        Duration apart = Duration.between(at, change.at()).abs();
        return !station.equals(change.station())
                && !(reason == RetrainReason.DEGRADED && wanted == RetrainReason.DRIFT)
                && apart.compareTo(pipeline.cadence().multipliedBy(coolDown)) <= 0;
    }
}
