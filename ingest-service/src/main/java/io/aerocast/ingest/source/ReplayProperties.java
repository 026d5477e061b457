package io.aerocast.ingest.source;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The archive replay.
///
/// @param enabled whether the archive is replayed; default false
/// @param pipeline the pipeline that the archive belongs to; default `noaa`
/// @param file a CSV file in the format of `docs/data.md`, optionally compressed as `.gz`; default none, which
///     replays the observations of JFK 2013 that AeroCast ships
/// @param from observations before this time are skipped; default none
/// @param interval wall-clock time from one observation to the next; default 1 s
@ConfigurationProperties(prefix = "aerocast.ingest.replay", ignoreUnknownFields = false)
record ReplayProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("noaa") String pipeline,
        @Nullable Path file,
        @Nullable Instant from,
        @DefaultValue("1s") Duration interval) {}
