package io.aerocast.ingest.check;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is believed besides the plausible ranges of the pipelines' features.
///
/// @param futureTolerance how far a time of observation may lie after its arrival, for clocks that differ; default 5
/// min
@ConfigurationProperties(prefix = "aerocast.ingest.check", ignoreUnknownFields = false)
record CheckProperties(@DefaultValue("5m") Duration futureTolerance) {}
