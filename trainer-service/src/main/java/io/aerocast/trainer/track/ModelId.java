package io.aerocast.trainer.track;

/// Identifies a model. The models of one training share a version.
///
/// @param feature the feature that it forecasts
/// @param kind one of [io.aerocast.forecast.ModelKinds#TRAINED]
public record ModelId(String pipeline, String feature, String kind, String version) {}
