package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The drift state of one feature of a station: when the feature is first watched, whenever the state changes, and
/// when the station is forgotten.
///
/// @param state the present state, or `null` if the station is no longer watched
/// @param at time of the observation that caused it
/// @param change the change of state, or `null` where it has not changed
public record Standing(
        String pipeline,
        String station,
        String feature,
        @Nullable DriftState state,
        Instant at,
        @Nullable DriftChanged change) {}
