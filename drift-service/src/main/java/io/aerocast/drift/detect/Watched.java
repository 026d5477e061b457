package io.aerocast.drift.detect;

import io.aerocast.event.Topics;

/// Whose forecasts are watched.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier
/// @param model the kind of model
public record Watched(String pipeline, String station, String model) {

    /// The key of its state and of its events.
    public String key() {
        return Topics.key(pipeline, station);
    }
}
