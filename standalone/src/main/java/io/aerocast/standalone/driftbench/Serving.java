package io.aerocast.standalone.driftbench;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationModel;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The forecasts of one station as they are served, joined with what is observed.
final class Serving {

    private final ReadingGrid grid;
    private final List<View> views = new ArrayList<>();

    Serving(ReadingGrid grid, Map<String, List<ForecastModel>> models, int from, int history) {
        this.grid = grid;
        grid.pipeline().views().forEach(view -> views.add(
                new View(view, models.get(view.target().name()), from, history)));
    }

    List<Evaluation> step(int slot) {
        List<Evaluation> all = new ArrayList<>();
        views.forEach(view -> view.step(slot, all));
        return all;
    }

    private record Made(String kind, String version, Prediction prediction, double persistence) {}

    private final class View {
        private final Pipeline view;
        private final StationSeries series;
        private final Map<String, StationModel> working = new LinkedHashMap<>();
        private final Map<Integer, List<Made>> made = new HashMap<>();

        View(Pipeline view, List<ForecastModel> models, int from, int history) {
            this.view = view;
            this.series = new StationSeries(view, Math.max(history, view.lookback() + 1));
            grid.observations(Math.max(0, from - history), from).forEach(series::add);
            models.forEach(model -> {
                StationModel station = new StationModel(view, model);
                station.rebuild(series, grid.time(from));
                working.put(model.card().model(), station);
            });
        }

        void step(int slot, List<Evaluation> all) {
            Instant now = grid.time(slot);
            grid.observation(slot).ifPresent(series::add);
            double actual = series.target(now);
            if (!Double.isNaN(actual)) {
                evaluate(slot, now, actual, all);
            }
            working.values().forEach(model -> model.observe(now, actual));
            series.lookback(now).ifPresent(lookback -> {
                List<Made> forecasts = new ArrayList<>();
                working.forEach((kind, model) ->
                        forecasts.add(new Made(kind, model.version(), model.forecast(now, lookback), lookback.persistence())));
                forecasts.addFirst(blend(forecasts));
                made.put(slot, forecasts);
            });
            made.remove(slot - view.horizons().getLast());
        }

        private Made blend(List<Made> parts) {
            int n = view.horizons().size();
            double[][] sum = new double[3][n];
            for (Made part : parts) {
                for (int h = 0; h < n; h++) {
                    sum[0][h] += part.prediction().value()[h] / parts.size();
                    sum[1][h] += part.prediction().lower()[h] / parts.size();
                    sum[2][h] += part.prediction().upper()[h] / parts.size();
                }
            }
            Made first = parts.getFirst();
            return new Made(ModelKinds.BLEND, first.version(), new Prediction(sum[0], sum[1], sum[2]), first.persistence());
        }

        private void evaluate(int slot, Instant now, double actual, List<Evaluation> all) {
            Map<String, List<Evaluation.Pair>> pairs = new LinkedHashMap<>();
            for (int h = 0; h < view.horizons().size(); h++) {
                int horizon = view.horizons().get(h);
                for (Made forecast : made.getOrDefault(slot - horizon, List.of())) {
                    Prediction p = forecast.prediction();
                    pairs.computeIfAbsent(forecast.kind(), _ -> new ArrayList<>())
                            .add(new Evaluation.Pair(
                                    horizon, forecast.version(), p.value()[h], forecast.persistence(), p.lower()[h], p.upper()[h]));
                }
            }
            pairs.forEach((kind, list) -> all.add(new Evaluation(
                    view.name(), grid.station(), view.target().name(), kind, now, actual, EvaluationSource.MATCHED, null, list)));
        }
    }
}
