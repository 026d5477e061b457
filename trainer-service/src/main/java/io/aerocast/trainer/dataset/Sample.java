package io.aerocast.trainer.dataset;

import io.aerocast.forecast.Lookback;

/// A lookback and what followed it.
///
/// @param lookback what the model sees
/// @param targets shape [horizons], the target feature at each horizon of the pipeline, in its unit; `NaN` where it
///     was not observed
public record Sample(Lookback lookback, double[] targets) {}
