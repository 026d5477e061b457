package io.aerocast.api.evaluate;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Rolling errors, and the reports of clients.
///
/// @param window number of the newest evaluations in a rolling error; default 100
/// @param series number of rolling errors to keep, each of a feature, model and horizon of a station; the
///     least recently evaluated stations are dropped; default 30000, about 75 MB with full windows
/// @param replay number of evaluations of each partition to read at the start; default 10000
/// @param oldest largest age of a reported target time, in grid times before the station's newest observation;
///     default 1000
/// @param rate reports per second that `POST /eval` accepts in the long run; default 50
/// @param burst reports that it accepts at once; default 500
@Validated
@ConfigurationProperties(prefix = "aerocast.api.evaluate", ignoreUnknownFields = false)
public record EvaluateProperties(
        @DefaultValue("100") @Min(1) int window,
        @DefaultValue("30000") @Min(1) int series,
        @DefaultValue("10000") @Min(0) long replay,
        @DefaultValue("1000") @Min(0) int oldest,
        @DefaultValue("50") @Min(1) int rate,
        @DefaultValue("500") @Min(1) int burst) {}
