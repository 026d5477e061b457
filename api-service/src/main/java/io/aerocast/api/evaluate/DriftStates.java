package io.aerocast.api.evaluate;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The last published drift state of each station. Safe for use by several threads.
public final class DriftStates {

    private final Map<String, DriftChanged> byStation = new ConcurrentHashMap<>();

    void changed(DriftChanged event) {
        byStation.put(Topics.key(event.pipeline(), event.station()), event);
    }

    /// A station's last change of state; empty if it never changed, which means calm.
    public Optional<DriftChanged> last(String pipeline, String station) {
        return Optional.ofNullable(byStation.get(Topics.key(pipeline, station)));
    }

    /// Whether a station is in the state drift.
    boolean drifts(String pipeline, String station) {
        return last(pipeline, station).filter(e -> e.to() == DriftState.DRIFT).isPresent();
    }
}
