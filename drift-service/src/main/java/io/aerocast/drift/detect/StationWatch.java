package io.aerocast.drift.detect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The detector's state of one station. Immutable, bounded, and equal after a round trip through JSON, so that a
/// restart in mid-stream gives identical changes.
///
/// @param features by name, the targets of the pipeline
/// @param evidence of each test, at the latest evaluation
public record StationWatch(Map<String, FeatureWatch> features, List<Evidence> evidence) {

    static final StationWatch NEW = new StationWatch(Map.of(), List.of());

    public StationWatch {
        features = new TreeMap<>(features);
        evidence = List.copyOf(evidence);
    }
}
