package io.aerocast.drift.match;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the join of forecasts and observations.
///
/// @param grace allowed lateness of an observation or a forecast beyond the largest horizon, in steps of the
///     pipeline's cadence; a fast replay may put many steps between the two; default 1000
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.match", ignoreUnknownFields = false)
public record MatchProperties(@DefaultValue("1000") @Min(1) int grace) {}
