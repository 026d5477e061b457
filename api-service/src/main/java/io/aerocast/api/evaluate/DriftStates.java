package io.aerocast.api.evaluate;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The last published drift state of each target of each station; the least recently changed stations are forgotten
/// beyond a number. Safe for use by several threads.
public final class DriftStates {

    private final Pipelines pipelines;
    private final int capacity;
    private final SequencedMap<String, Map<String, DriftChanged>> stations = new LinkedHashMap<>();

    /// @param capacity number of stations to keep
    DriftStates(Pipelines pipelines, int capacity) {
        this.pipelines = pipelines;
        this.capacity = capacity;
    }

    /// Keeps a change, unless it is older than the known one. An event of an earlier version has no feature, and so
    /// another record key: the topic may deliver it late.
    synchronized void changed(DriftChanged event) {
        pipelines.find(event.pipeline()).ifPresent(pipeline -> {
            String key = Topics.key(event.pipeline(), event.station());
            Map<String, DriftChanged> features = stations.getOrDefault(key, new HashMap<>());
            String feature = event.feature() == null ? pipeline.targets().getFirst() : event.feature();
            features.merge(feature, event, DriftStates::later);
            stations.putLast(key, features);
            if (stations.size() > capacity) {
                stations.pollFirstEntry();
            }
        });
    }

    private static DriftChanged later(DriftChanged before, DriftChanged now) {
        return now.at().isBefore(before.at()) && now.feature() == null ? before : now;
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
