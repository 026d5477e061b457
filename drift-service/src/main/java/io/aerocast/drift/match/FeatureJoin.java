package io.aerocast.drift.match;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The join of one feature of one station.
///
/// An observed value is compared with the forecasts of a kind of model once they are *complete*: once that kind has
/// forecast from the origin one first horizon before the value, or from a later one. Forecasts arrive in the
/// order of their origins, so all horizons of the value are then known, and its evaluation is the same whether
/// the forecasts or the observations arrive first. A forecast that arrives behind a newer one of its kind is
/// compared on its own.
final class FeatureJoin {

    private final KeyValueStore<GridKey, GridTime> grid;
    private final Pipeline pipeline;
    private final String station;
    private final String feature;
    private final Map<String, Long> origins;
    private final String series;
    private final long first;
    private final long last;
    private final long late;

    /// @param origins newest origin in epoch milliseconds by kind of model
    /// @param late see [MatchProperties], in steps
    FeatureJoin(
            KeyValueStore<GridKey, GridTime> grid,
            Pipeline pipeline,
            String station,
            String feature,
            Map<String, Long> origins,
            int late) {
        this.grid = grid;
        this.pipeline = pipeline;
        this.station = station;
        this.feature = feature;
        this.origins = new LinkedHashMap<>(origins);
        this.series = Topics.key(pipeline.name(), station, feature);
        this.first = millis(pipeline.horizons().getFirst());
        this.last = millis(pipeline.horizons().getLast());
        this.late = millis(late);
    }

    /// Newest origin in epoch milliseconds by kind of model, in the order of their first forecasts.
    Map<String, Long> origins() {
        return origins;
    }

    /// Adds the observed value of a grid time. A second one is ignored.
    ///
    /// @return evaluations of the forecasts that are complete
    List<Evaluation> observed(long slot, double reading) {
        GridTime time = at(slot);
        if (time.hasActual()) {
            return List.of();
        }
        grid.put(key(slot), time.withActual(reading));
        List<String> complete = origins.entrySet().stream()
                .filter(kind -> kind.getValue() >= slot - first)
                .map(Map.Entry::getKey)
                .toList();
        return joined(slot, complete);
    }

    /// Adds a forecast. A second one of the same kind and origin is ignored, whatever its version.
    ///
    /// @param origin grid time
    /// @return evaluations of the observed values that were waiting for it
    List<Evaluation> forecast(Forecast forecast, long origin) {
        GridTime time = at(origin);
        String kind = forecast.model();
        if (time.kinds().contains(kind)) {
            return List.of();
        }
        GridTime issued = time.with(forecast);
        grid.put(key(origin), issued);
        Long before = origins.get(kind);
        if (before != null && origin <= before) {
            return behind(issued, kind, origin, before);
        }
        origins.put(kind, origin);
        return completed(kind, before == null ? origin - last : before, origin);
    }

    /// Drops all grid times before a time.
    void drop(long before) {
        List<GridKey> dropped = new ArrayList<>();
        try (KeyValueIterator<GridKey, GridTime> old = grid.range(key(Long.MIN_VALUE), key(before - 1))) {
            old.forEachRemaining(entry -> dropped.add(entry.key));
        }
        dropped.forEach(grid::delete);
    }

    /// Evaluations of the grid times whose forecasts the new origin completes.
    private List<Evaluation> completed(String kind, long before, long origin) {
        List<Evaluation> evaluations = new ArrayList<>();
        long due = origin + first;
        // Later ones than these have no forecast of an earlier origin.
        long bound = Math.min(before + last, due);
        for (long slot = before + first + millis(1); slot <= bound; slot += millis(1)) {
            evaluations.addAll(joined(slot, List.of(kind)));
        }
        if (bound < due) {
            evaluations.addAll(joined(due, List.of(kind)));
        }
        return evaluations;
    }

    /// Evaluations of a forecast that arrived behind a newer one.
    private List<Evaluation> behind(GridTime issued, String kind, long origin, long newest) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (int horizon : pipeline.horizons()) {
            long slot = origin + millis(horizon);
            GridTime time = at(slot);
            if (slot - first <= newest && time.hasActual()) {
                issued.ahead(horizon).stream()
                        .filter(made -> made.kind().equals(kind))
                        .forEach(made -> evaluations.add(evaluation(slot, time.actual(), kind, List.of(made.pair()))));
            }
        }
        return evaluations;
    }

    /// Evaluations of a grid time, if it is observed, with all forecasts of some kinds.
    private List<Evaluation> joined(long slot, Collection<String> kinds) {
        GridTime time = at(slot);
        if (kinds.isEmpty() || !time.hasActual()) {
            return List.of();
        }
        Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        kinds.forEach(kind -> pairs.put(kind, new ArrayList<>()));
        for (int horizon : pipeline.horizons()) {
            for (GridTime.Made made : at(slot - millis(horizon)).ahead(horizon)) {
                if (pairs.containsKey(made.kind())) {
                    pairs.get(made.kind()).add(made.pair());
                }
            }
        }
        settle(slot);
        List<Evaluation> evaluations = new ArrayList<>();
        pairs.forEach((kind, made) -> {
            if (!made.isEmpty()) {
                evaluations.add(evaluation(slot, time.actual(), kind, made));
            }
        });
        return evaluations;
    }

    /// Removes the values of the forecasts that can no longer be joined: of an origin of which all grid times are
    /// joined, and of one whose missing readings are too late.
    private void settle(long slot) {
        settle(slot - last, false);
        settle(slot - last - late, true);
    }

    private void settle(long origin, boolean tooLate) {
        GridTime time = at(origin);
        if (time.isSettled()) {
            return;
        }
        boolean complete =
                time.kinds().stream().allMatch(kind -> origins.getOrDefault(kind, origin) >= origin + last - first);
        if (complete && (tooLate || isObserved(origin))) {
            grid.put(key(origin), time.settled());
        }
    }

    /// Whether all values that were forecast from an origin are observed.
    private boolean isObserved(long origin) {
        return pipeline.horizons().stream()
                .allMatch(horizon -> at(origin + millis(horizon)).hasActual());
    }

    private Evaluation evaluation(long slot, double actual, String kind, List<Pair> pairs) {
        return new Evaluation(
                pipeline.name(),
                station,
                feature,
                kind,
                Instant.ofEpochMilli(slot),
                actual,
                EvaluationSource.MATCHED,
                null,
                pairs);
    }

    private GridTime at(long slot) {
        GridTime time = grid.get(key(slot));
        return time == null ? GridTime.EMPTY : time;
    }

    private GridKey key(long slot) {
        return new GridKey(series, slot);
    }

    private long millis(int steps) {
        return pipeline.cadence().toMillis() * steps;
    }
}
