package io.aerocast.api.latest;

import io.aerocast.event.Forecast;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The newest forecasts of one kind of model in the reply of `GET /latest`.
///
/// @param origin grid time of the last observation that the model saw
/// @param persistence the target's reading at `origin`, in its unit
/// @param extrapolating whether the lookback resembles no training data, which widens the intervals
record ForecastView(
        String model,
        String modelVersion,
        Instant origin,
        double persistence,
        boolean extrapolating,
        List<At> horizons) {

    /// @param horizon steps ahead
    /// @param target grid time of the forecast
    /// @param id the forecast's identity, see [Forecast#idOf]
    record At(int horizon, Instant target, String id, double value, double lower, double upper) {}

    static ForecastView of(Forecast forecast, Pipeline pipeline) {
        return new ForecastView(
                forecast.model(),
                forecast.modelVersion(),
                forecast.origin(),
                forecast.persistence(),
                forecast.extrapolating(),
                IntStream.range(0, forecast.horizons().size())
                        .mapToObj(index -> at(forecast, pipeline, index))
                        .toList());
    }

    private static At at(Forecast forecast, Pipeline pipeline, int index) {
        int horizon = forecast.horizons().get(index);
        return new At(
                horizon,
                pipeline.after(forecast.origin(), horizon),
                forecast.id(horizon),
                forecast.value().get(index),
                forecast.lower().get(index),
                forecast.upper().get(index));
    }
}
