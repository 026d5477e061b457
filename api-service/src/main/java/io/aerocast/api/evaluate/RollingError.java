package io.aerocast.api.evaluate;

import io.aerocast.event.EvaluationSource;

/// The error of a station's newest evaluations.
///
/// @param model the kind of model
/// @param horizon steps ahead
/// @param source who compared forecast and truth
/// @param rmse root mean square error, in the target's unit
/// @param count evaluations that it covers, at least 1
public record RollingError(String model, int horizon, EvaluationSource source, double rmse, int count) {}
