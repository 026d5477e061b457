package io.aerocast.ingest.land;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Limits of open windows. The first limit that is reached lands all open windows of a partition.
///
/// @param enabled whether this process lands observations; default true
/// @param dataDirectory the lake is below it; default `.aerocast`, or the environment variable `AEROCAST_DATA_DIR`
/// @param maxRows maximum number of rows of one station's window; default 512
/// @param maxOpen maximum age of a window; default 1 min
/// @param maxPending maximum number of records of one partition that have not landed yet, over all stations;
///     default 100000
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.landing", ignoreUnknownFields = false)
record LandingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(".aerocast") Path dataDirectory,
        @DefaultValue("512") @Min(1) int maxRows,
        @DefaultValue("1m") Duration maxOpen,
        @DefaultValue("100000") @Min(1) int maxPending) {}
