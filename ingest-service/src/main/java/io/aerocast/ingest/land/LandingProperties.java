package io.aerocast.ingest.land;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// When observations land. The first limit that is reached lands all open windows of a partition.
///
/// @param enabled whether this process lands anything; default true
/// @param dataDirectory the lake lies below it; default `.aerocast`, or the environment variable `AEROCAST_DATA_DIR`
/// @param maxRows rows of one station's window; default 512
/// @param maxOpen how long a window stays open; default 1 min
/// @param maxPending records of one partition that have not landed yet, over all stations; default 100000
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.landing", ignoreUnknownFields = false)
record LandingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(".aerocast") Path dataDirectory,
        @DefaultValue("512") @Min(1) int maxRows,
        @DefaultValue("1m") Duration maxOpen,
        @DefaultValue("100000") @Min(1) int maxPending) {}
