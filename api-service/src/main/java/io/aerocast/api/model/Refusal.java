package io.aerocast.api.model;

import java.time.Instant;

/// A published model that may not serve; the one before it still does.
///
/// @param publishedAt when it was promoted
/// @param reason what was expected and what was found
public record Refusal(String pipeline, String model, String version, Instant publishedAt, String reason) {}
