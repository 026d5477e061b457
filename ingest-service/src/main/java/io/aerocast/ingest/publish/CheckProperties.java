package io.aerocast.ingest.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the check of observations; the plausible ranges of features belong to the pipelines.
///
/// @param futureTolerance maximum time by which a time of observation may be later than its arrival, for clocks
///     that differ; default 5 min
@ConfigurationProperties(prefix = "aerocast.ingest.check", ignoreUnknownFields = false)
record CheckProperties(@DefaultValue("5m") Duration futureTolerance) {}
