package io.aerocast.api.model;

import java.time.Instant;

/// A model that serves now.
///
/// @param model the model
/// @param publishedAt time of the promotion; the epoch for a shipped model, which every published one replaces
/// @param since time since which it serves, by this machine's clock
/// @param swaps number of models that replaced another one of this pipeline, feature and kind since the service
///     started
public record Serving(ServedModel model, Instant publishedAt, Instant since, int swaps) {}
