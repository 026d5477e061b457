package io.aerocast.api.evaluate;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The last published drift state of each target of each station; the least recently changed stations are forgotten
/// beyond a number. Safe for use by several threads.
public final class DriftStates {

    private final int capacity;
    private final SequencedMap<String, Map<String, DriftChanged>> stations = new LinkedHashMap<>();

    /// @param capacity number of stations to keep
    DriftStates(int capacity) {
        this.capacity = capacity;
    }

    /// Keeps a change. An event of an earlier version has no feature and another record key, which is never written
    /// again: it is the state of a detector that is no longer at work, and is ignored.
    synchronized void changed(DriftChanged event) {
        String feature = event.feature();
        if (feature == null) {
            return;
        }
        String key = Topics.key(event.pipeline(), event.station());
        Map<String, DriftChanged> features = stations.getOrDefault(key, new HashMap<>());
        features.put(feature, event);
        stations.putLast(key, features);
        if (stations.size() > capacity) {
            stations.pollFirstEntry();
        }
    }

    /// The last change of the state of a target of a station; empty if it never changed, which means calm.
    public synchronized Optional<DriftChanged> last(String pipeline, String station, String feature) {
        return Optional.ofNullable(stations.get(Topics.key(pipeline, station))).map(features -> features.get(feature));
    }

    /// Whether a target of a station is in the state drift.
    boolean drifts(String pipeline, String station, String feature) {
        return last(pipeline, station, feature)
                .filter(e -> e.to() == DriftState.DRIFT)
                .isPresent();
    }
}
