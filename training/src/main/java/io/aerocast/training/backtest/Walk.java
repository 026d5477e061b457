package io.aerocast.training.backtest;

import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.score.SeasonalNaive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// A walk through time, grid point by grid point: first the observations of a time arrive, then they settle what was
/// forecast for that time, then the next forecasts are made. It holds no observation that has not arrived, so nothing
/// in it can look ahead.
final class Walk {

    private final Pipeline pipeline;
    private final SeasonalNaive seasonalNaive;
    private final Map<String, StationSeries> stations = new TreeMap<>();
    private final Map<String, Map<Instant, Step>> byStation = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    Walk(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.seasonalNaive = new SeasonalNaive(pipeline);
    }

    /// All observations of one grid time arrive; nothing is forecast.
    void pass(List<Observation> observations) {
        for (Observation observation : observations) {
            stations.computeIfAbsent(observation.station(), _ -> StationSeries.unbounded(pipeline))
                    .add(observation);
        }
    }

    /// All observations of one grid time arrive, and forecasts are made of every station that was observed.
    ///
    /// @param models by kind
    void step(Fold fold, Instant now, List<Observation> observations, Map<String, Served> models) {
        pass(observations);
        for (String station :
                new TreeSet<>(observations.stream().map(Observation::station).toList())) {
            StationSeries series = Objects.requireNonNull(stations.get(station), "an observed station has a series");
            settle(station, now, series.target(now));
            models.values().forEach(model -> model.observe(station, now, series.target(now)));
            series.lookback(now).ifPresent(lookback -> forecast(fold.number(), station, now, series, lookback, models));
        }
    }

    /// The forecasts for which something came true, in order of time.
    List<Step> steps() {
        return steps.stream().filter(Step::known).toList();
    }

    private void settle(String station, Instant now, double actual) {
        if (Double.isNaN(actual)) {
            return;
        }
        Map<Instant, Step> made = byStation.getOrDefault(station, Map.of());
        for (int h = 0; h < pipeline.horizons().size(); h++) {
            Step step = made.get(pipeline.after(now, -pipeline.horizons().get(h)));
            if (step != null) {
                step.actual()[h] = actual;
            }
        }
    }

    private void forecast(
            int fold,
            String station,
            Instant now,
            StationSeries series,
            Lookback lookback,
            Map<String, Served> models) {
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        models.forEach((kind, model) -> predictions.put(kind, model.forecast(station, now, lookback)));
        double[] naive = pipeline.horizons().stream()
                .mapToDouble(horizon -> seasonalNaive.forecast(series, now, horizon))
                .toArray();
        double[] unknown = new double[naive.length];
        Arrays.fill(unknown, Double.NaN);
        Step step = new Step(fold, station, now, lookback.persistence(), naive, predictions, unknown);
        steps.add(step);
        byStation.computeIfAbsent(station, _ -> new HashMap<>()).put(now, step);
    }
}
