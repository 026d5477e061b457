package io.aerocast.drift.detect;

import java.time.Instant;

/// One drift episode of one feature, from the alarm until another model version takes over or the errors subside.
///
/// @param changedSince the estimated time at which the errors began to grow
/// @param version the version whose errors grew
/// @param isLevel whether the level of the readings raised the alarm, after a warning, and not the errors
public record Episode(Instant changedSince, String version, boolean isLevel) {

    /// Identity of the episode, stable across restarts.
    public String id(String pipeline, String station, String feature) {
        return "%s/%s/%s/%s/%s".formatted(pipeline, station, feature, changedSince, version);
    }
}
