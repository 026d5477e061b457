package io.aerocast.drift.signal;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// When a drift raises a retrain signal.
///
/// @param coolDown steps of the pipeline's cadence for which a signal of one station also speaks for the others of
///     its pipeline, since one model serves them all; default 48
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.signal", ignoreUnknownFields = false)
public record SignalProperties(@DefaultValue("48") @Min(0) int coolDown) {}
