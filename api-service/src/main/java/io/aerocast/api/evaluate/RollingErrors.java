package io.aerocast.api.evaluate;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rolling errors of the evaluations on the topic, per pipeline, station, feature, model, horizon and source,
/// each of the newest version of the model. Evaluations are identified by their offsets, so one that this
/// service publishes and reads back counts once. Safe for use by several threads.
public final class RollingErrors {

    private record Station(String pipeline, String station) {}

    private record Series(EvaluationSource source, String feature, String model, int horizon)
            implements Comparable<Series> {

        private static final Comparator<Series> ORDER = Comparator.comparing(Series::source)
                .thenComparing(Series::feature)
                .thenComparing(Series::model)
                .thenComparing(Series::horizon);

        static Series of(Evaluation e, Pair pair) {
            return new Series(e.source(), e.feature(), e.model(), pair.horizon());
        }

        @Override
        public int compareTo(Series other) {
            return ORDER.compare(this, other);
        }
    }

    private final int window;
    private final int capacity;

    /// The least recently evaluated station first.
    private final SequencedMap<Station, NavigableMap<Series, RollingWindow>> stations = new LinkedHashMap<>();

    private int size;

    /// @param window number of evaluations in a rolling error
    /// @param capacity number of series to keep; beyond it the least recently evaluated stations are forgotten
    RollingErrors(int window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    /// Adds an evaluation.
    ///
    /// @param arrived its arrival on the topic
    synchronized void add(Evaluation evaluation, long offset, Instant arrived) {
        Station station = new Station(evaluation.pipeline(), evaluation.station());
        NavigableMap<Series, RollingWindow> windows = stations.getOrDefault(station, new TreeMap<>());
        stations.putLast(station, windows);
        size -= windows.size();
        for (Pair pair : evaluation.pairs()) {
            windows.computeIfAbsent(Series.of(evaluation, pair), _ -> new RollingWindow(window))
                    .add(offset, arrived, pair, evaluation.actual());
        }
        size += windows.size();
        while (size > capacity && stations.size() > 1) {
            size -= stations.pollFirstEntry().getValue().size();
        }
    }

    /// The rolling errors of a feature of a station, sorted by source, model and horizon.
    public synchronized List<RollingError> of(String pipeline, String station, String feature) {
        return stations.getOrDefault(new Station(pipeline, station), new TreeMap<>()).entrySet().stream()
                .filter(e -> e.getKey().feature().equals(feature))
                .map(e -> error(e.getKey(), e.getValue()))
                .toList();
    }

    /// The rolling error to which the first forecast of an evaluation was added.
    synchronized RollingError of(Evaluation evaluation) {
        Series series = Series.of(evaluation, evaluation.pairs().getFirst());
        Map<Series, RollingWindow> windows =
                stations.getOrDefault(new Station(evaluation.pipeline(), evaluation.station()), new TreeMap<>());
        RollingWindow found = windows.get(series);
        if (found == null) {
            throw new IllegalArgumentException("No evaluation of %s has been added".formatted(series));
        }
        return error(series, found);
    }

    /// Number of series.
    synchronized int size() {
        return size;
    }

    private static RollingError error(Series series, RollingWindow window) {
        RollingWindow.Means means = window.means();
        return new RollingError(
                series.model(),
                window.version(),
                series.horizon(),
                series.source(),
                Math.sqrt(means.square()),
                means.count(),
                means.newest(),
                known(Math.sqrt(means.persistence())),
                means.persistence() > 0 ? known(1 - means.comparedSquare() / means.persistence()) : null,
                means.compared(),
                known(means.coverage()),
                means.covered());
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
