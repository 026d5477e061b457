package io.aerocast.drift.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One forecast of the first horizon, and what came true.
///
/// @param at the time of the observation
/// @param version the version of the model that forecast
/// @param predicted the forecast, in the target's unit
/// @param actual what came true, in the target's unit
/// @param persistence the reading at the forecast's origin, or `null` where it is unknown; the previous reading
///     stands in for it
public record Outcome(
        Instant at,
        String version,
        double predicted,
        double actual,
        @Nullable Double persistence) {

    double error() {
        return Math.abs(actual - predicted);
    }
}
