package io.aerocast.drift.detect;

import java.util.List;
import java.util.Map;

/// The detector's state of one station.
///
/// @param detectors by feature
/// @param threshold see [DetectProperties]
public record StationWatch(Map<String, DetectorState> detectors, double threshold) {

    /// The present evidence of each test.
    public List<Evidence> evidence() {
        return detectors.entrySet().stream()
                .map(e -> new Evidence(
                        e.getKey(),
                        null,
                        null,
                        "cusum",
                        e.getValue().cusum().statistic(),
                        threshold,
                        "%d observations".formatted(e.getValue().cusum().count())))
                .toList();
    }
}
