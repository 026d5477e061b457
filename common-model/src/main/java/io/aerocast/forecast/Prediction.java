package io.aerocast.forecast;

/// What a model says of the future, one entry per horizon of its card.
///
/// @param value shape [horizons], in the target's unit
/// @param lower shape [horizons], lower bounds of the prediction interval
/// @param upper shape [horizons], upper bounds of the prediction interval
public record Prediction(double[] value, double[] lower, double[] upper) {}
