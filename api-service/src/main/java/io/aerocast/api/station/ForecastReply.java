package io.aerocast.api.station;

import io.aerocast.event.Forecast;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The newest forecast of a feature of a station by one kind of model. All arrays have one entry for each horizon.
///
/// @param unit of all values
/// @param origin grid time of the last observation that the model saw
/// @param persistence the reading at `origin`
/// @param extrapolating whether the lookback resembles no training data, which widens the intervals
/// @param horizons steps ahead
/// @param target grid times
/// @param id identities of the forecasts
record ForecastReply(
        String pipeline,
        String station,
        String feature,
        String unit,
        String model,
        String modelVersion,
        Instant origin,
        double persistence,
        boolean extrapolating,
        List<Integer> horizons,
        List<Instant> target,
        List<Double> value,
        List<Double> lower,
        List<Double> upper,
        List<String> id) {

    /// @param wanted horizons of the view
    static ForecastReply of(Forecast forecast, Pipeline view, List<Integer> wanted) {
        int[] at = IntStream.range(0, forecast.horizons().size())
                .filter(index -> wanted.contains(forecast.horizons().get(index)))
                .toArray();
        List<Integer> horizons =
                IntStream.of(at).mapToObj(forecast.horizons()::get).toList();
        return new ForecastReply(
                forecast.pipeline(),
                forecast.station(),
                forecast.feature(),
                view.target().unit(),
                forecast.model(),
                forecast.modelVersion(),
                forecast.origin(),
                forecast.persistence(),
                forecast.extrapolating(),
                horizons,
                horizons.stream()
                        .map(steps -> view.after(forecast.origin(), steps))
                        .toList(),
                IntStream.of(at).mapToObj(forecast.value()::get).toList(),
                IntStream.of(at).mapToObj(forecast.lower()::get).toList(),
                IntStream.of(at).mapToObj(forecast.upper()::get).toList(),
                horizons.stream().map(forecast::id).toList());
    }
}
