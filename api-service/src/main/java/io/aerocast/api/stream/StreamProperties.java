package io.aerocast.api.stream;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How the stream is forecast.
///
/// @param group consumer group that shares the observations' partitions; default `aerocast-api`
/// @param warmUp how many earlier records of each partition are read back when it is taken over, so that lookbacks
///     are full; default 100000, a day of one observation a second
/// @param intervalHistory how many grid times of each station are forecast again, from those that were read back,
///     so that prediction intervals, and what a seasonal model learns, carry on after a start, a takeover or a swap
///     of the model; default 336, two weeks of hourly observations
/// @param latest how many records of each partition are read back at the start for `GET /latest`; default 10000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.live", ignoreUnknownFields = false)
public record StreamProperties(
        @DefaultValue("aerocast-api") @NotBlank String group,
        @DefaultValue("100000") @Min(0) long warmUp,
        @DefaultValue("336") @Min(0) int intervalHistory,
        @DefaultValue("10000") @Min(0) long latest) {}
