package io.aerocast.trainer.settings;

import io.aerocast.training.check.FlatOutputLimits;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Limits beyond which forecasts carry no information; see [FlatOutputLimits].
///
/// @param minimumVarianceRatio smallest variance of the forecasts over that of the observed values, at the first
///     horizon: less is a flat line; default 0.5
/// @param maximumVarianceRatio largest such ratio: more is noise; default 1.2
/// @param minimumSkill skill against persistence that must be exceeded over all horizons together; default 0
/// @param minimumCorrelation correlation of forecast and observed changes that must be exceeded over all horizons
///     together; default 0
/// @param constantTolerance largest distance of the forecast from a constant input at the first horizon, in
///     standard deviations of the observed values; default 1
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.check", ignoreUnknownFields = false)
public record FlatOutputProperties(
        @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1")
        double minimumVarianceRatio,

        @DefaultValue("1.2") @DecimalMin("1") double maximumVarianceRatio,

        @DefaultValue("0") @DecimalMin("-1") @DecimalMax("1")
        double minimumSkill,

        @DefaultValue("0") @DecimalMin("-1") @DecimalMax("1")
        double minimumCorrelation,

        @DefaultValue("1") @Positive double constantTolerance) {

    /// Limits of the flat-output check.
    public FlatOutputLimits limits() {
        return new FlatOutputLimits(
                minimumVarianceRatio, maximumVarianceRatio, minimumSkill, minimumCorrelation, constantTolerance);
    }
}
