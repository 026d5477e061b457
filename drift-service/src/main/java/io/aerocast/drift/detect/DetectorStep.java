package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import java.util.List;

/// The effect of one evaluation on the detector of a station.
///
/// @param after the next state
/// @param changes changes of drift states, at most one per feature
public record DetectorStep(StationWatch after, List<DriftChanged> changes) {

    public DetectorStep {
        changes = List.copyOf(changes);
    }
}
