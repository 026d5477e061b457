package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.AdaptiveIntervals;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationForecaster;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The recent past of one station, how far it has been forecast, and how wide its prediction intervals are. Not safe
/// for use by several threads.
final class LiveStation {

    /// The intervals of the version of a model that forecasts the station.
    private record Adapting(String version, AdaptiveIntervals intervals) {}

    /// The version of a model that forecasts the station, with what it has learnt here.
    private record Working(String version, StationForecaster forecaster) {}

    private final Pipeline pipeline;
    private final IntervalMetrics metrics;
    private final StationSeries series;
    private final Map<String, Adapting> adapting = new HashMap<>();
    private final Map<String, Working> working = new HashMap<>();
    private @Nullable Instant newest;
    private @Nullable Instant forecastFrom;

    /// @param history grid times before the lookback that are remembered, for intervals to learn from
    LiveStation(Pipeline pipeline, int history, IntervalMetrics metrics) {
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.series = new StationSeries(pipeline, pipeline.lookback() + history);
    }

    Arrival arrive(Observation observation) {
        Instant slot = series.add(observation);
        adapting.forEach((kind, known) ->
                metrics.record(pipeline.name(), kind, known.intervals().observe(slot, series.target(slot))));
        if (newest != null && slot.isBefore(newest)) {
            return new Passed(Why.LATE);
        }
        newest = slot;
        if (slot.equals(forecastFrom)) {
            return new Passed(Why.REPEATED);
        }
        return series.lookback(slot)
                .<Arrival>map(lookback -> {
                    forecastFrom = slot;
                    return new Current(lookback, this);
                })
                .orElseGet(() -> new Passed(Why.INCOMPLETE));
    }

    /// A model at work on this station. What it learns is lost with its version, with the partition and with the
    /// process; the walk through the history in [#intervals] brings it back.
    StationForecaster forecaster(ForecastModel model) {
        String version = model.card().version();
        Working known = working.get(model.card().model());
        if (known == null || !known.version().equals(version)) {
            known = new Working(version, model.forStation());
            working.put(model.card().model(), known);
        }
        return known.forecaster();
    }

    /// The intervals of a model for the forecast from the newest grid time. A version that has not forecast here yet,
    /// after a start or a swap, learns first from the history what it would have learnt had it served then; what it
    /// was fitted on teaches it nothing, for there its errors are too small.
    ///
    /// @param origin the newest grid time
    /// @param forecast what the model forecasts
    AdaptiveIntervals intervals(ModelCard card, Instant origin, Function<Lookback, Prediction> forecast) {
        Adapting known = adapting.get(card.model());
        if (known == null || !known.version().equals(card.version())) {
            known = new Adapting(card.version(), rebuilt(card, origin, forecast));
            adapting.put(card.model(), known);
        }
        return known.intervals();
    }

    private AdaptiveIntervals rebuilt(ModelCard card, Instant origin, Function<Lookback, Prediction> forecast) {
        AdaptiveIntervals intervals = new AdaptiveIntervals(pipeline, card);
        for (Instant slot : series.slots()) {
            intervals.observe(slot, series.target(slot));
            if (slot.isAfter(card.trainedTo()) && slot.isBefore(origin)) {
                series.lookback(slot)
                        .flatMap(lookback -> forecast(forecast, lookback))
                        .ifPresent(prediction -> intervals.adapt(slot, prediction));
            }
        }
        return intervals;
    }

    /// @return empty where the model cannot forecast, as nothing would have been published then
    private static Optional<Prediction> forecast(Function<Lookback, Prediction> forecast, Lookback lookback) {
        try {
            return Optional.of(forecast.apply(lookback));
        } catch (IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }
}
