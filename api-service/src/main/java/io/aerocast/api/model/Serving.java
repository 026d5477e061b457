package io.aerocast.api.model;

import java.time.Instant;

/// A model in its place.
///
/// @param model the model
/// @param since when it took the place, by this machine's clock
/// @param swaps how many models have taken the place of another here since the service started
public record Serving(ServedModel model, Instant since, int swaps) {}
