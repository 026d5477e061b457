package io.aerocast.api.stream;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The live stream.
///
/// @param group consumer group of the observations, whose partitions the replicas share; default `aerocast-api`
/// @param warmUp number of earlier records of each partition to read after its assignment, to fill lookbacks;
///     default 100000, a day of one observation per second
/// @param intervalHistory number of grid times of each station to forecast again, out of those records, so that
///     prediction intervals and the online learning of a seasonal model continue after a start, a takeover or a
///     swap of the model; default 336, two weeks of hourly observations
/// @param stations number of stations to keep, of each partition for the forecasts and in all for `GET
///     /latest`; the least recently observed are forgotten; default 2000
/// @param latest number of records of each partition to read at the start for `GET /latest`; default 10000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.live", ignoreUnknownFields = false)
public record StreamProperties(
        @DefaultValue("aerocast-api") @NotBlank String group,
        @DefaultValue("100000") @Min(0) long warmUp,
        @DefaultValue("336") @Min(0) int intervalHistory,
        @DefaultValue("2000") @Min(1) int stations,
        @DefaultValue("10000") @Min(0) long latest) {}
