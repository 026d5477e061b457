package io.aerocast.training.backtest;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.training.dataset.Sample;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/// The forecasts for one station at one origin, and the observations. All arrays are indexed by the pipeline's
/// horizons.
///
/// @param fold number of the fold
/// @param origin grid time of the latest observation before the forecasts
/// @param persistence forecast of persistence: the latest reading
/// @param seasonalNaive shape [horizons]
/// @param predictions by kind of model, the blend first
/// @param weights of the blend, shape [horizons] by kind of its parts
/// @param actual shape [horizons], the observations; `NaN` where there is none
public record Step(
        int fold,
        String station,
        Instant origin,
        double persistence,
        double[] seasonalNaive,
        Map<String, Prediction> predictions,
        Map<String, double[]> weights,
        double[] actual) {

    /// The observations as a sample; its window holds the latest reading alone, which is all that a score needs.
    Sample sample() {
        return new Sample(new Lookback(new double[][] {{persistence}}, origin), actual);
    }

    /// The seasonal naive forecast, without intervals.
    Prediction naivePrediction() {
        return new Prediction(seasonalNaive, seasonalNaive, seasonalNaive);
    }

    boolean known() {
        return Arrays.stream(actual).anyMatch(value -> !Double.isNaN(value));
    }
}
