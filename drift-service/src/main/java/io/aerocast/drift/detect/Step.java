package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import java.util.List;

/// The effect of one evaluation on the detector of a station.
///
/// @param after the next state
/// @param changes changes of drift states, at most one per feature
public record Step(StationWatch after, List<DriftChanged> changes) {

    public Step {
        changes = List.copyOf(changes);
    }
}
