package io.aerocast.api.evaluate;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Rolling errors per pipeline, station, model, horizon and source, of the evaluations that lie on the topic. An
/// evaluation is known by its offset, so it counts once, whether this service put it there, read it, or both.
/// Safe for use by several threads.
public final class RollingErrors {

    private record Series(String pipeline, String station, String model, int horizon, EvaluationSource source) {

        static Series of(Evaluation e) {
            return new Series(e.pipeline(), e.station(), e.model(), e.horizon(), e.source());
        }
    }

    private final int window;
    private final int capacity;

    /// Squared residuals by offset, the newest `window` of each series; a station's offsets are of one partition.
    private final SequencedMap<Series, NavigableMap<Long, Double>> squares = new LinkedHashMap<>(16, 0.75f, true);

    /// @param window how many evaluations a rolling error covers
    /// @param capacity how many series are kept
    RollingErrors(int window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    /// Adds an evaluation.
    ///
    /// @return the rolling error of its series, with it
    synchronized RollingError add(Evaluation evaluation, long offset) {
        Series series = Series.of(evaluation);
        NavigableMap<Long, Double> newest = squares.computeIfAbsent(series, _ -> new TreeMap<>());
        newest.put(offset, evaluation.residual() * evaluation.residual());
        if (newest.size() > window) {
            newest.pollFirstEntry();
        }
        if (squares.size() > capacity) {
            squares.pollFirstEntry();
        }
        return error(series, newest);
    }

    /// The rolling errors of a station, by source, model and horizon.
    public synchronized List<RollingError> of(String pipeline, String station) {
        return squares.entrySet().stream()
                .filter(e -> e.getKey().pipeline().equals(pipeline)
                        && e.getKey().station().equals(station))
                .map(e -> error(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(RollingError::source)
                        .thenComparing(RollingError::model)
                        .thenComparing(RollingError::horizon))
                .toList();
    }

    private static RollingError error(Series series, Map<Long, Double> squares) {
        double mean = squares.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return new RollingError(series.model(), series.horizon(), series.source(), Math.sqrt(mean), squares.size());
    }
}
