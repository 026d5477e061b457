package io.aerocast.trainer.backtest;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;

/// A model as it serves during a walk through time. What it learns online it learns here.
final class Served {

    private final ForecastModel model;

    Served(ForecastModel model) {
        this.model = model;
    }

    Prediction forecast(String station, Lookback lookback) {
        return model.predict(lookback);
    }
}
