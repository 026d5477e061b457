package io.aerocast.api.evaluate;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Rolling errors.
///
/// @param window number of the newest evaluations in a rolling error; default 100
/// @param series number of rolling errors to keep; the least recently changed are dropped; default 10000
/// @param replay number of evaluations of each partition to read at the start; default 10000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.evaluate", ignoreUnknownFields = false)
public record EvaluateProperties(
        @DefaultValue("100") @Min(1) int window,
        @DefaultValue("10000") @Min(1) int series,
        @DefaultValue("10000") @Min(0) long replay) {}
