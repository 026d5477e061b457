package io.aerocast.training.backtest;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.score.SeasonalNaive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// Walks through the observations in order of grid time, with the models at work on each station as they are in the
/// live stream. For each grid time: the observations arrive; they become the actuals of earlier forecasts; the next
/// forecasts are made. The walk holds no observation that has not arrived, so it cannot look ahead.
final class Walk {

    private final Pipeline pipeline;
    private final SeasonalNaive seasonalNaive;
    private final Map<String, StationSeries> stations = new TreeMap<>();
    private final Map<String, StationEnsemble> ensembles = new HashMap<>();
    private final Map<String, Map<Instant, Step>> byStation = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    Walk(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.seasonalNaive = new SeasonalNaive(pipeline);
    }

    /// Takes all observations of one grid time and forecasts nothing.
    void pass(List<Observation> observations) {
        for (Observation observation : observations) {
            stations.computeIfAbsent(observation.station(), _ -> StationSeries.unbounded(pipeline))
                    .add(observation);
        }
    }

    /// Takes all observations of one grid time and forecasts every station that was observed.
    ///
    /// @param models of different kinds
    void step(Fold fold, Instant now, List<Observation> observations, Collection<ForecastModel> models) {
        pass(observations);
        for (String station :
                new TreeSet<>(observations.stream().map(Observation::station).toList())) {
            StationSeries series = Objects.requireNonNull(stations.get(station), "an observed station has a series");
            settle(station, now, series.target(now));
            StationEnsemble ensemble = ensembles.computeIfAbsent(station, _ -> new StationEnsemble(pipeline));
            ensemble.observe(now, series.target(now));
            ensemble.serve(models, series, now);
            series.lookback(now)
                    .ifPresent(lookback -> forecast(fold.number(), station, now, series, lookback, ensemble));
        }
    }

    /// The forecasts with at least one observed target, in order of time.
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
            int fold, String station, Instant now, StationSeries series, Lookback lookback, StationEnsemble ensemble) {
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        ensemble.forecast(now, lookback, Walk::fail)
                .forEach(issued -> predictions.put(issued.kind(), issued.prediction()));
        double[] naive = pipeline.horizons().stream()
                .mapToDouble(horizon -> seasonalNaive.forecast(series, now, horizon))
                .toArray();
        double[] unknown = new double[naive.length];
        Arrays.fill(unknown, Double.NaN);
        Step step =
                new Step(fold, station, now, lookback.persistence(), naive, predictions, ensemble.weights(), unknown);
        steps.add(step);
        byStation.computeIfAbsent(station, _ -> new HashMap<>()).put(now, step);
    }

    /// The forecasters are compared on the same origins, so every model has to forecast from each.
    private static void fail(String kind, RuntimeException failure) {
        throw failure;
    }
}
