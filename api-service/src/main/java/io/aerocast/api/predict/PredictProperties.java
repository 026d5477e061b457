package io.aerocast.api.predict;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Forecasts from the readings of a request.
///
/// @param minimumRows smallest number of rows in a sequence; a sequence that is shorter than a model's lookback is
///     filled like any gap; default 5
/// @param instances largest number of instances in a batch; default 1000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.predict", ignoreUnknownFields = false)
public record PredictProperties(
        @DefaultValue("5") @Min(1) int minimumRows,
        @DefaultValue("1000") @Min(1) int instances) {}
