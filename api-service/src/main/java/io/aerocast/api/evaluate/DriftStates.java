package io.aerocast.api.evaluate;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The drift state of each station, as last published. Safe for use by several threads.
public final class DriftStates {

    private final Map<String, DriftChanged> byStation = new ConcurrentHashMap<>();

    void changed(DriftChanged event) {
        byStation.put(Topics.key(event.pipeline(), event.station()), event);
    }

    /// A station's last change of state; empty where it never changed, which is calm.
    public Optional<DriftChanged> last(String pipeline, String station) {
        return Optional.ofNullable(byStation.get(Topics.key(pipeline, station)));
    }

    /// Whether a station's forecasts drift.
    boolean drifts(String pipeline, String station) {
        return last(pipeline, station).filter(e -> e.to() == DriftState.DRIFT).isPresent();
    }
}
