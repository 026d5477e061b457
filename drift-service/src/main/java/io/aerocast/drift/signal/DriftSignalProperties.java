package io.aerocast.drift.signal;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the retrain signals that drift and degraded forecasts raise.
///
/// @param coolDown time for which the signal of one station also covers the other stations of its pipeline and
///     feature, since one model serves them all, in steps of the pipeline's cadence; default 48
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.signal", ignoreUnknownFields = false)
public record DriftSignalProperties(
        @DefaultValue("48") @Min(0) int coolDown) {}
