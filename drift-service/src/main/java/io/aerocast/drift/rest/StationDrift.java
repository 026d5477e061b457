package io.aerocast.drift.rest;

import io.aerocast.drift.detect.DetectorEvidence;
import io.aerocast.drift.detect.WatchedStation;
import java.util.List;

/// The drift state of a station, as in the reply of `GET /drift`.
///
/// @param features by name
record StationDrift(String pipeline, String station, List<FeatureDrift> features) {

    /// @param key pipeline and station, as in the store
    static StationDrift of(String key, WatchedStation station) {
        int slash = key.indexOf('/');
        List<DetectorEvidence> evidence = station.evidence();
        return new StationDrift(
                key.substring(0, slash),
                key.substring(slash + 1),
                station.states().keySet().stream()
                        .map(feature -> FeatureDrift.of(feature, station, evidence))
                        .toList());
    }
}
