package io.aerocast.drift.detect;

/// A forecast error with the movement of the readings at that time.
///
/// @param error absolute error, in the target's unit
/// @param movement see [Readings#movement()], in the target's unit
public record ErrorSample(double error, double movement) {}
