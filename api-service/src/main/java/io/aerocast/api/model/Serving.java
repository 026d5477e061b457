package io.aerocast.api.model;

import java.time.Instant;

/// A model that serves now.
///
/// @param model the model
/// @param since time since which it serves, by this machine's clock
/// @param swaps number of models that replaced another one of this kind and pipeline since the service started
public record Serving(ServedModel model, Instant since, int swaps) {}
