package io.aerocast.trainer.judge;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What a candidate must show.
///
/// @param significance largest Diebold-Mariano p-value against the champion; default 0.05
/// @param minimumCount grid times whose target at the first horizon came true that the hold-out must have; default 20
/// @param minimumVarianceRatio smallest variance of the forecasts over that of what came true, at the first horizon:
///     less is a flat line; default 0.3
/// @param maximumVarianceRatio largest such ratio: more is noise; default 2
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.judge", ignoreUnknownFields = false)
public record JudgeProperties(
        @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("0.5")
        double significance,

        @DefaultValue("20") @Min(2) int minimumCount,
        @DefaultValue("0.3") @DecimalMin("0") double minimumVarianceRatio,
        @DefaultValue("2") @Positive double maximumVarianceRatio) {}
