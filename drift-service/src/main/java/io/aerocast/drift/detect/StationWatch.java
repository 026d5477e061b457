package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The detector's state of one station. Immutable, bounded, and equal after a round trip through JSON, so that a
/// restart in mid-stream gives identical changes.
///
/// @param features by name, the targets of the pipeline
/// @param tests the present evidence of each test, by feature
public record StationWatch(Map<String, FeatureWatch> features, Map<String, List<DetectorEvidence>> tests) {

    static final StationWatch NEW = new StationWatch(Map.of(), Map.of());

    public StationWatch {
        features = new TreeMap<>(features);
        tests = new TreeMap<>(tests);
    }

    /// The state of a feature.
    public DriftState state(String feature) {
        FeatureWatch watch = features.get(feature);
        return watch == null ? DriftState.CALM : watch.state();
    }

    /// The present evidence of each test.
    public List<DetectorEvidence> evidence() {
        return tests.values().stream().flatMap(List::stream).toList();
    }
}
