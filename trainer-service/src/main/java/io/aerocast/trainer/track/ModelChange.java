package io.aerocast.trainer.track;

import java.time.Instant;

/// Another version of a model serves, without a training: a rollback.
///
/// @param model the kind: `gru` or `seasonal`
/// @param version the version that serves now
/// @param before the version that served until now
/// @param at wall-clock time of the change
/// @param note the reason, for a person
public record ModelChange(String pipeline, String model, String version, String before, Instant at, String note) {}
