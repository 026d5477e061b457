package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// How well each kind of model has forecast the first horizon lately, beside persistence, for metrics. Reported
/// evaluations are counted only: most of them repeat a matched one.
@Component
final class Accuracy {

    /// Two days of hourly forecasts.
    private static final int WINDOW = 48;

    /// A bound on the number of series, should stations be invented without end.
    private static final int MOST_SERIES = 1_000;

    private final MeterRegistry registry;
    private final Map<Watched, Window> windows = new ConcurrentHashMap<>();

    Accuracy(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Evaluation evaluation) {
        Counter.builder("aerocast.evaluations")
                .description("Forecasts held against what came true")
                .tag("pipeline", evaluation.pipeline())
                .tag("source", evaluation.source().name().toLowerCase(java.util.Locale.ROOT))
                .register(registry)
                .increment();
    }

    void add(Evaluation evaluation) {
        Watched of = new Watched(evaluation.pipeline(), evaluation.station(), evaluation.model());
        if (evaluation.source() == EvaluationSource.REPORTED
                || windows.size() >= MOST_SERIES && !windows.containsKey(of)) {
            return;
        }
        Double persistence = evaluation.persistence();
        windows.computeIfAbsent(of, this::window)
                .add(evaluation.residual(), persistence == null ? Double.NaN : evaluation.actual() - persistence);
    }

    private Window window(Watched of) {
        Window window = new Window();
        Tags tags = Tags.of("pipeline", of.pipeline(), "station", of.station(), "model", of.model());
        Gauge.builder("aerocast.forecast.rmse", () -> window.rmse(0))
                .description("Root mean square error of the latest %d forecasts".formatted(WINDOW))
                .tags(tags)
                .register(registry);
        Gauge.builder("aerocast.persistence.rmse", () -> window.rmse(1))
                .description("The same of forecasts by persistence")
                .tags(tags)
                .register(registry);
        return window;
    }

    /// The latest errors of a model and of persistence; `NaN` where persistence is unknown.
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
