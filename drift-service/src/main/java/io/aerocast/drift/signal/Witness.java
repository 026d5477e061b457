package io.aerocast.drift.signal;

import io.aerocast.event.DriftState;
import org.jspecify.annotations.Nullable;

/// One feature of one station, as the gate knows it.
///
/// @param state its drift state
/// @param episode the latest episode for which a signal was raised or covered by another one, or `null`
record Witness(DriftState state, @Nullable String episode) {}
