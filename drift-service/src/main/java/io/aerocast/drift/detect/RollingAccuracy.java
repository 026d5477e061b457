package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Rolling error of each kind of model at the first horizon, beside persistence, as metrics. Reported evaluations
/// are only counted: most of them repeat a matched one.
final class RollingAccuracy {

    /// Forecasts per window: two days of hourly ones.
    private static final int WINDOW = 48;

    /// Upper bound on the number of series, against clients that report ever new station names.
    private static final int MAX_SERIES = 1_000;

    private final MeterRegistry registry;
    private final Map<Watched, Window> windows = new ConcurrentHashMap<>();

    RollingAccuracy(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Evaluation evaluation) {
        Counter.builder("aerocast.evaluations")
                .description("Forecasts compared with the observed value")
                .tag("pipeline", evaluation.pipeline())
                .tag("source", evaluation.source().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void add(Evaluation evaluation) {
        Watched watched = new Watched(evaluation.pipeline(), evaluation.station(), evaluation.model());
        if (evaluation.source() == EvaluationSource.REPORTED
                || windows.size() >= MAX_SERIES && !windows.containsKey(watched)) {
            return;
        }
        Double persistence = evaluation.persistence();
        windows.computeIfAbsent(watched, this::window)
                .add(evaluation.residual(), persistence == null ? Double.NaN : evaluation.actual() - persistence);
    }

    private Window window(Watched watched) {
        Window window = new Window();
        Tags tags = Tags.of("pipeline", watched.pipeline(), "station", watched.station(), "model", watched.model());
        Gauge.builder("aerocast.forecast.rmse", () -> window.rmse(0))
                .description("Root mean square error of the latest %d forecasts".formatted(WINDOW))
                .tags(tags)
                .register(registry);
        Gauge.builder("aerocast.persistence.rmse", () -> window.rmse(1))
                .description("Root mean square error of persistence over the same forecasts")
                .tags(tags)
                .register(registry);
        return window;
    }

    /// The latest errors of a model and of persistence (`NaN` where persistence is unknown), in the target's unit.
    private static final class Window {

        private final Deque<double[]> errors = new ArrayDeque<>();

        synchronized void add(double model, double persistence) {
            errors.addLast(new double[] {model, persistence});
            if (errors.size() > WINDOW) {
                errors.removeFirst();
            }
        }

        synchronized double rmse(int column) {
            return Math.sqrt(errors.stream()
                    .mapToDouble(e -> e[column] * e[column])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN));
        }
    }
}
