package io.aerocast.drift.detect;

import io.aerocast.event.Topics;

/// A series of forecasts that is watched for drift.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier
/// @param model the kind of model
record Watched(String pipeline, String station, String model) {

    /// Key of its state and of its events.
    String key() {
        return Topics.key(pipeline, station);
    }
}
