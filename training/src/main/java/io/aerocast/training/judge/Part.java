package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.score.Forecasts;

/// A part of the evidence, forecast by the candidate and by persistence.
record Part(Dataset data, Forecasts candidate, Forecasts persistence) {

    /// @param data without suspect readings
    static Part of(Predictor candidate, Dataset data) {
        return new Part(data, Forecasts.of(candidate, data), Forecasts.persistence(data));
    }
}
