package io.aerocast.service;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The pipelines of the services.
///
/// @param file a JSON file of pipelines that replaces the built-in ones, `noaa` and `sim`; default none
@ConfigurationProperties(prefix = "aerocast.pipelines", ignoreUnknownFields = false)
public record PipelinesProperties(@Nullable Path file) {}
