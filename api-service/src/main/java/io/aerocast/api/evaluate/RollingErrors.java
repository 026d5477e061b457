package io.aerocast.api.evaluate;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Rolling errors of the evaluations on the topic, per pipeline, station, model, horizon and source. Evaluations
/// are identified by their offsets, so one that this service publishes and reads back counts once. Safe for use by
/// several threads.
public final class RollingErrors {

    private record Series(String pipeline, String station, String model, int horizon, EvaluationSource source) {

        static Series of(Evaluation e) {
            return new Series(e.pipeline(), e.station(), e.model(), e.horizon(), e.source());
        }
    }

    private final int window;
    private final int capacity;

    /// The terms of the means from one evaluation.
    ///
    /// @param arrived its arrival on the topic
    /// @param square of the residual
    /// @param persistence square of persistence's residual; `NaN` if unknown
    /// @param held 1 if the observed value lay within the interval, else 0; `NaN` if unknown
    private record Sample(Instant arrived, double square, double persistence, double held) {

        static Sample of(Evaluation e, Instant arrived) {
            double persistence = e.persistence() == null ? Double.NaN : e.actual() - e.persistence();
            return new Sample(
                    arrived,
                    e.residual() * e.residual(),
                    persistence * persistence,
                    e.held().map(held -> held ? 1.0 : 0.0).orElse(Double.NaN));
        }
    }

    /// Samples by offset, the newest `window` of each series; a station's evaluations share a partition.
    private final SequencedMap<Series, NavigableMap<Long, Sample>> samples = new LinkedHashMap<>(16, 0.75f, true);

    /// @param window number of evaluations in a rolling error
    /// @param capacity number of series to keep
    RollingErrors(int window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    /// Adds an evaluation.
    ///
    /// @param arrived its arrival on the topic
    /// @return the rolling error of its series, this evaluation included
    synchronized RollingError add(Evaluation evaluation, long offset, Instant arrived) {
        Series series = Series.of(evaluation);
        NavigableMap<Long, Sample> newest = samples.computeIfAbsent(series, _ -> new TreeMap<>());
        newest.put(offset, Sample.of(evaluation, arrived));
        if (newest.size() > window) {
            newest.pollFirstEntry();
        }
        if (samples.size() > capacity) {
            samples.pollFirstEntry();
        }
        return error(series, newest);
    }

    /// The rolling errors of a station, sorted by source, model and horizon.
    public synchronized List<RollingError> of(String pipeline, String station) {
        return samples.entrySet().stream()
                .filter(e -> e.getKey().pipeline().equals(pipeline)
                        && e.getKey().station().equals(station))
                .map(e -> error(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(RollingError::source)
                        .thenComparing(RollingError::model)
                        .thenComparing(RollingError::horizon))
                .toList();
    }

    private static RollingError error(Series series, NavigableMap<Long, Sample> newest) {
        double square = mean(newest, Sample::square);
        double persistence = mean(newest, Sample::persistence);
        return new RollingError(
                series.model(),
                series.horizon(),
                series.source(),
                Math.sqrt(square),
                newest.size(),
                newest.lastEntry().getValue().arrived(),
                known(Math.sqrt(persistence)),
                persistence > 0 ? known(1 - square / persistence) : null,
                known(mean(newest, Sample::held)));
    }

    /// @return `NaN` if one of the values is unknown
    private static double mean(Map<Long, Sample> newest, ToDoubleFunction<Sample> of) {
        return newest.values().stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
