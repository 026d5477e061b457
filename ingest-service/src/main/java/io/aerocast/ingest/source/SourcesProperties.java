package io.aerocast.ingest.source;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of all sources that have a position.
///
/// @param dataDirectory the positions are stored below it, in `positions`; default `.aerocast`, or the environment
///     variable `AEROCAST_DATA_DIR`
/// @param maxInFlight maximum number of unacknowledged observations of a source; default 256
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.sources", ignoreUnknownFields = false)
record SourcesProperties(
        @DefaultValue(".aerocast") Path dataDirectory,
        @DefaultValue("256") @Min(1) int maxInFlight) {}
