package io.aerocast.standalone.healing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A served forecast of a pipeline's first target at its first horizon, and the observed value.
///
/// @param target grid time that was forecast
/// @param version the version of the blend that made it
/// @param predicted the forecast, in the target's unit
/// @param actual the observed value, in the target's unit
/// @param persistence the forecast by persistence, or `null` where it is unknown
record ScoredForecast(
        String station,
        Instant target,
        String version,
        double predicted,
        double actual,
        @Nullable Double persistence) {

    /// The observed value minus the forecast, in the target's unit.
    double residual() {
        return actual - predicted;
    }
}
