package io.aerocast.standalone.driftbench;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The forecasts of one station as they are served, joined with what is observed.
final class ServedSeries {

    private final ReadingGrid grid;
    private final List<View> views;

    /// @param models by the name of the feature that they forecast
    /// @param from the first slot that [#step] is called with
    /// @param history slots before it that the models learn from
    ServedSeries(ReadingGrid grid, Map<String, List<ForecastModel>> models, int from, int history) {
        this.grid = grid;
        this.views = grid.pipeline().views().stream()
                .map(view -> new View(view, models.getOrDefault(view.target().name(), List.of()), from, history))
                .toList();
    }

    /// Takes the readings of the next slot and forecasts from it.
    ///
    /// @return the earlier forecasts of this slot with its readings, by feature and kind of model
    List<Evaluation> step(int slot) {
        List<Evaluation> evaluations = new ArrayList<>();
        views.forEach(view -> view.step(slot, evaluations));
        return evaluations;
    }

    /// What was forecast from one slot.
    private record Made(List<Issued> issued, double persistence) {}

    private final class View {

        private final Pipeline view;
        private final StationSeries series;
        private final StationEnsemble ensemble;
        private final Map<Integer, Made> made = new HashMap<>();

        View(Pipeline view, List<ForecastModel> models, int from, int history) {
            this.view = view;
            this.series = new StationSeries(view, Math.max(history, view.lookback()) + 1);
            this.ensemble = new StationEnsemble(view);
            grid.observations(Math.max(0, from - history), from).forEach(series::add);
            ensemble.serve(models, series, grid.time(from));
        }

        void step(int slot, List<Evaluation> evaluations) {
            Instant now = grid.time(slot);
            grid.observation(slot).ifPresent(series::add);
            double actual = series.target(now);
            if (!Double.isNaN(actual)) {
                evaluate(slot, actual, evaluations);
            }
            ensemble.observe(now, actual);
            series.lookback(now)
                    .ifPresent(lookback -> made.put(
                            slot, new Made(ensemble.forecast(now, lookback, (_, _) -> {}), lookback.persistence())));
            made.remove(slot - view.horizons().getLast());
        }

        private void evaluate(int slot, double actual, List<Evaluation> evaluations) {
            Map<String, List<Pair>> pairs = new LinkedHashMap<>();
            for (int h = 0; h < view.horizons().size(); h++) {
                Made earlier = made.get(slot - view.horizons().get(h));
                if (earlier != null) {
                    for (Issued issued : earlier.issued()) {
                        pairs.computeIfAbsent(issued.kind(), _ -> new ArrayList<>())
                                .add(pair(issued, h, earlier.persistence()));
                    }
                }
            }
            pairs.forEach((kind, made) -> evaluations.add(new Evaluation(
                    view.name(),
                    grid.station(),
                    view.target().name(),
                    kind,
                    grid.time(slot),
                    actual,
                    EvaluationSource.MATCHED,
                    null,
                    made)));
        }

        private Pair pair(Issued issued, int h, double persistence) {
            Prediction prediction = issued.prediction();
            return new Pair(
                    view.horizons().get(h),
                    issued.version(),
                    prediction.value()[h],
                    persistence,
                    prediction.lower()[h],
                    prediction.upper()[h]);
        }
    }
}
