package io.aerocast.drift.detect;

import io.aerocast.event.Topics;

/// A station of a pipeline.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier
record Member(String pipeline, String station) {

    /// The station of a store's key.
    static Member of(String key) {
        int slash = key.indexOf('/');
        return new Member(key.substring(0, slash), key.substring(slash + 1));
    }

    /// Key of its state.
    String key() {
        return Topics.key(pipeline, station);
    }

    /// Key of the events of one of its features.
    String key(String feature) {
        return Topics.key(pipeline, station, feature);
    }
}
