package io.aerocast.training.score;

import org.jspecify.annotations.Nullable;

/// All measures of a forecaster at one horizon.
///
/// @param horizon steps ahead
/// @param accuracy of its forecasts
/// @param mase mean absolute error over the in-sample error of the seasonal naive forecast
/// @param skill against persistence: 1 − MSE / MSE of persistence
/// @param seasonalSkill against the seasonal naive forecast
/// @param interval of its prediction intervals, or `null` for a forecaster without intervals
public record HorizonScore(
        int horizon,
        Accuracy accuracy,
        double mase,
        double skill,
        double seasonalSkill,
        @Nullable IntervalScore interval) {}
