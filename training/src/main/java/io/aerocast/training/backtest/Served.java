package io.aerocast.training.backtest;

import io.aerocast.forecast.AdaptiveIntervals;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationForecaster;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A model as the api serves it: per station it goes on learning from what comes true, and so do its intervals.
final class Served {

    private final Pipeline pipeline;
    private final ForecastModel model;
    private final Map<String, AtStation> stations = new HashMap<>();

    private record AtStation(StationForecaster forecaster, AdaptiveIntervals intervals) {}

    Served(Pipeline pipeline, ForecastModel model) {
        this.pipeline = pipeline;
        this.model = model;
    }

    /// What became known of a time; told before the forecast from it.
    ///
    /// @param actual the target's reading; `NaN` where it is missing
    void observe(String station, Instant now, double actual) {
        at(station).intervals().observe(now, actual);
    }

    Prediction forecast(String station, Instant now, Lookback lookback) {
        AtStation at = at(station);
        return at.intervals().adapt(now, at.forecaster().predict(lookback));
    }

    private AtStation at(String station) {
        return stations.computeIfAbsent(
                station, _ -> new AtStation(model.forStation(), new AdaptiveIntervals(pipeline, model.card())));
    }
}
