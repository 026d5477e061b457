package io.aerocast.drift.match;

import io.aerocast.event.Forecast;
import org.jspecify.annotations.Nullable;

/// An entry of the store of forecasts. A forecast waits for its observation; once joined, only the entry remains,
/// so that the forecast is not joined a second time.
///
/// @param waiting the forecast, or `null` once it has been joined with its observation
record Expected(@Nullable Forecast waiting) {

    static final Expected JOINED = new Expected(null);
}
