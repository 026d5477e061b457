package io.aerocast.forecast;

/// A prediction interval once its target has been observed.
///
/// @param horizon steps ahead
/// @param held whether the observed value lay within the bounds
/// @param width in the target's unit
public record IntervalOutcome(int horizon, boolean held, double width) {}
