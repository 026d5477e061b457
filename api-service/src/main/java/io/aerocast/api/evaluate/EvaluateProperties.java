package io.aerocast.api.evaluate;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How errors are averaged.
///
/// @param window how many of the newest evaluations a rolling error covers; default 100
/// @param series how many rolling errors are kept, the least recently changed are forgotten; default 10000
/// @param replay how many evaluations of each partition are read back at the start; default 10000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.evaluate", ignoreUnknownFields = false)
public record EvaluateProperties(
        @DefaultValue("100") @Min(1) int window,
        @DefaultValue("10000") @Min(1) int series,
        @DefaultValue("10000") @Min(0) long replay) {}
