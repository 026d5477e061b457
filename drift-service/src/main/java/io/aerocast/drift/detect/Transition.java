package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;

/// Properties of a change of state.
public final class Transition {

    private Transition() {}

    /// Whether the change starts an episode, rather than continuing one after a sensor fault.
    public static boolean startsEpisode(DriftChanged change) {
        return change.to() == DriftState.DRIFT && change.from() != DriftState.SENSOR_FAULT;
    }
}
