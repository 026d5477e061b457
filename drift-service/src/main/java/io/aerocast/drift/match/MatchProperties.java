package io.aerocast.drift.match;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the join of forecasts and observations.
///
/// @param grace allowed distance between the two inputs beyond the largest horizon, in steps of the pipeline's
///     cadence: an observed value waits so long for its forecasts; a fast replay may put many steps between
///     the two; default 1000
/// @param late steps for which a missing reading is awaited: if it arrives later behind the observations that
///     follow it, the forecasts of it are dropped already; default 48
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.match", ignoreUnknownFields = false)
public record MatchProperties(
        @DefaultValue("1000") @Min(1) int grace,
        @DefaultValue("48") @Min(0) int late) {}
