package io.aerocast.api.stream;

import io.aerocast.forecast.IntervalOutcome;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Coverage and width of the stream's prediction intervals: rolling means over all stations of a pipeline, per
/// feature, model and horizon. Safe for use by several threads.
final class IntervalMetrics {

    /// Approximate memory of the means, in observed values; the newest have the largest weights.
    private static final int MEMORY = 500;

    private record Series(String pipeline, String feature, String model, int horizon) {}

    private final MeterRegistry meters;
    private final Map<Series, Rolling> rolling = new ConcurrentHashMap<>();

    IntervalMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Adds the outcomes of issued intervals.
    ///
    /// @param view the view of the feature
    void record(Pipeline view, String model, List<IntervalOutcome> outcomes) {
        for (IntervalOutcome outcome : outcomes) {
            rolling.computeIfAbsent(
                            new Series(view.name(), view.target().name(), model, outcome.horizon()), this::register)
                    .add(outcome);
        }
    }

    private Rolling register(Series series) {
        Rolling means = new Rolling();
        Tags tags = Tags.of(
                "pipeline",
                series.pipeline(),
                "feature",
                series.feature(),
                "model",
                series.model(),
                "horizon",
                String.valueOf(series.horizon()));
        Gauge.builder("aerocast.interval.coverage", means, m -> m.coverage)
                .description("Share of the latest observed values that lay within their prediction intervals")
                .baseUnit("ratio")
                .tags(tags)
                .register(meters);
        Gauge.builder("aerocast.interval.width", means, m -> m.width)
                .description(
                        "Mean width of the prediction intervals of the latest observed values, in the target's unit")
                .tags(tags)
                .register(meters);
        return means;
    }

    /// Exponentially weighted means; written by one thread.
    private static final class Rolling {

        private int count;
        private volatile double coverage;
        private volatile double width;

        void add(IntervalOutcome outcome) {
            count = Math.min(count + 1, MEMORY);
            coverage = moved(coverage, outcome.held() ? 1 : 0);
            width = moved(width, outcome.width());
        }

        private double moved(double mean, double value) {
            return mean + (value - mean) / count;
        }
    }
}
