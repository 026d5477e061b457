package io.aerocast.api.model;

import java.time.Instant;

/// A published model that was refused; the model before it still serves.
///
/// @param feature the target that the event names
/// @param publishedAt time of the promotion
/// @param reason the expectation and the finding
public record Refusal(
        String pipeline, String feature, String model, String version, Instant publishedAt, String reason) {}
