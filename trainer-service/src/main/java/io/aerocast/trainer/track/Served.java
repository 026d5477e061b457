package io.aerocast.trainer.track;

import java.time.Instant;

/// A model was put in the place of another without a training: a rollback.
///
/// @param model the kind: `gru` or `seasonal`
/// @param version what serves now
/// @param before what served until now
/// @param at wall-clock time of the change
/// @param note for a person: why
public record Served(String pipeline, String model, String version, String before, Instant at, String note) {}
