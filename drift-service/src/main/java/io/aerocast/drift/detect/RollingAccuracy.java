package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// The rolling accuracy of each kind of model at the horizons that the detector watches, as metrics: error,
/// error of persistence, skill and coverage. A new version of a model starts anew. The caller bounds the stations.
final class RollingAccuracy {

    private final MeterRegistry registry;
    private final Map<Member, Map<Series, Shown>> stations = new ConcurrentHashMap<>();

    RollingAccuracy(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Series(String feature, String model, int horizon) {}

    private record Shown(AccuracyWindow window, List<Meter.Id> gauges) {}

    /// Counts an evaluation of a known pipeline, matched or reported.
    void count(Evaluation evaluation) {
        Counter.builder("aerocast.evaluations")
                .description("Observed values compared with their forecasts")
                .tag("pipeline", evaluation.pipeline())
                .tag("source", evaluation.source().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /// Adds a matched evaluation.
    void add(Evaluation evaluation, Pipeline pipeline) {
        Member member = new Member(evaluation.pipeline(), evaluation.station());
        Map<Series, Shown> shown = stations.computeIfAbsent(member, _ -> new ConcurrentHashMap<>());
        Grid.watched(pipeline)
                .flatMap(horizon -> evaluation.at(horizon).stream())
                .forEach(pair -> {
                    Series series = new Series(evaluation.feature(), evaluation.model(), pair.horizon());
                    shown.computeIfAbsent(series, _ -> shown(member, series))
                            .window()
                            .add(pair, evaluation.actual());
                });
    }

    /// Removes the series of a station.
    void hide(Member member) {
        Map<Series, Shown> removed = stations.remove(member);
        if (removed != null) {
            removed.values().forEach(series -> series.gauges().forEach(registry::remove));
        }
    }

    private Shown shown(Member member, Series series) {
        AccuracyWindow window = new AccuracyWindow();
        Tags tags = Tags.of("pipeline", member.pipeline(), "station", member.station())
                .and("feature", series.feature(), "model", series.model())
                .and("horizon", Integer.toString(series.horizon()));
        String latest = "the latest %d forecasts of the present version".formatted(AccuracyWindow.SIZE);
        return new Shown(
                window,
                List.of(
                        gauge("forecast.rmse", "Root mean square error of " + latest, window, tags, w -> w.rmse()),
                        gauge(
                                "persistence.rmse",
                                "Root mean square error of persistence over " + latest,
                                window,
                                tags,
                                w -> w.persistenceRmse()),
                        gauge(
                                "forecast.skill",
                                "1 - MSE / MSE of persistence of " + latest,
                                window,
                                tags,
                                w -> w.skill()),
                        gauge(
                                "forecast.coverage",
                                "Share of observed values within the intervals of " + latest,
                                window,
                                tags,
                                w -> w.coverage())));
    }

    private Meter.Id gauge(
            String name, String description, AccuracyWindow window, Tags tags, ToDoubleFunction<AccuracyWindow> value) {
        return Gauge.builder("aerocast." + name, () -> value.applyAsDouble(window))
                .description(description)
                .tags(tags)
                .register(registry)
                .getId();
    }
}
