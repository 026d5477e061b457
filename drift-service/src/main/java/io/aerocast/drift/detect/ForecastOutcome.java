package io.aerocast.drift.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One forecast of the first horizon with its observed value.
///
/// @param at time of the observation
/// @param version version of the forecasting model
/// @param predicted the forecast, in the target's unit
/// @param actual the observed value, in the target's unit
/// @param persistence the reading at the forecast's origin, in the target's unit, or `null` if unknown; the
///     previous reading is used instead
public record ForecastOutcome(
        Instant at,
        String version,
        double predicted,
        double actual,
        @Nullable Double persistence) {

    double error() {
        return Math.abs(actual - predicted);
    }
}
