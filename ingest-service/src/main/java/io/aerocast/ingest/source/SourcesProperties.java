package io.aerocast.ingest.source;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What all sources have in common.
///
/// @param dataDirectory below it, in `positions`, each source remembers how far it came; default `.aerocast`, or the
///     environment variable `AEROCAST_DATA_DIR`
/// @param maxInFlight observations of a source that the broker has not acknowledged yet, at most; default 256
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.sources", ignoreUnknownFields = false)
record SourcesProperties(
        @DefaultValue(".aerocast") Path dataDirectory,
        @DefaultValue("256") @Min(1) int maxInFlight) {}
