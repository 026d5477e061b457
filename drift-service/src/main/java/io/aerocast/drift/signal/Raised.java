package io.aerocast.drift.signal;

import io.aerocast.event.DriftChanged;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;

/// The latest retrain signal of a pipeline.
///
/// @param station station whose drift raised it
/// @param at time of the observation that raised it
record Raised(String station, Instant at) {

    /// Whether this signal covers the drift of another station as well.
    boolean covers(DriftChanged drift, Pipeline pipeline, int coolDown) {
        Duration apart = Duration.between(at, drift.at()).abs();
        return !station.equals(drift.station())
                && apart.compareTo(pipeline.cadence().multipliedBy(coolDown)) <= 0;
    }
}
