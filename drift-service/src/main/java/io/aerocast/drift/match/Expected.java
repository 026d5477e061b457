package io.aerocast.drift.match;

import io.aerocast.event.Forecast;
import org.jspecify.annotations.Nullable;

/// A forecast of a grid time that is remembered: it waits for its observation, or has met it, and is then known only so
/// that it does not meet it again.
///
/// @param waiting the forecast, or `null` once it has met its observation
record Expected(@Nullable Forecast waiting) {

    static final Expected MET = new Expected(null);
}
