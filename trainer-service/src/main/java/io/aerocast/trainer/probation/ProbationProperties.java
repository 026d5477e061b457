package io.aerocast.trainer.probation;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The probation of a promoted model.
///
/// @param gridTimes length of the probation in grid times with observations after those that the gate has seen;
///     0 turns it off; default 336, 14 days of hourly data
/// @param step grid times between two comparisons; default 24
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.probation", ignoreUnknownFields = false)
record ProbationProperties(
        @DefaultValue("336") @Min(0) int gridTimes,
        @DefaultValue("24") @Min(1) int step) {}
