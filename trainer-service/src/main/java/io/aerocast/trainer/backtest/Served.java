package io.aerocast.trainer.backtest;

import io.aerocast.forecast.AdaptiveIntervals;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationForecaster;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A model as the api serves it: per station its intervals go on learning from what comes true.
final class Served {

    private final Pipeline pipeline;
    private final ForecastModel model;
    private final Map<String, AdaptiveIntervals> intervals = new HashMap<>();
    private final Map<String, StationForecaster> forecasters = new HashMap<>();

    Served(Pipeline pipeline, ForecastModel model) {
        this.pipeline = pipeline;
        this.model = model;
    }

    /// What became known of a time; told before the forecast from it.
    ///
    /// @param actual the target's reading; `NaN` where it is missing
    void observe(String station, Instant now, double actual) {
        intervals(station).observe(now, actual);
    }

    Prediction forecast(String station, Instant now, Lookback lookback) {
        StationForecaster forecaster = forecasters.computeIfAbsent(station, _ -> model.forStation());
        return intervals(station).adapt(now, forecaster.predict(lookback));
    }

    private AdaptiveIntervals intervals(String station) {
        return intervals.computeIfAbsent(station, _ -> new AdaptiveIntervals(pipeline, model.card()));
    }
}
