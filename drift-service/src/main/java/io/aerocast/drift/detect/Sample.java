package io.aerocast.drift.detect;

/// An error and how hard the moment was to forecast.
///
/// @param error absolute error, in the target's unit
/// @param movement how much the readings were moving, see [Readings], in the target's unit
public record Sample(double error, double movement) {}
