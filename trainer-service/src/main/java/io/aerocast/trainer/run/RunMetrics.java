package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts and times runs, one entry per kind of model.
final class RunMetrics {

    private final MeterRegistry meters;
    private final Map<Tags, Instant> lastRetrain = new ConcurrentHashMap<>();

    /// @param earlier records of earlier runs: the time of the last training outlives a restart
    RunMetrics(MeterRegistry meters, Iterable<RunRecord> earlier) {
        this.meters = meters;
        for (RunRecord run : earlier) {
            Instant end = run.finishedAt();
            if (end != null) {
                run.models().stream()
                        .filter(ModelRun::fitted)
                        .forEach(model -> trained(run.signal().pipeline(), model.model(), end));
            }
        }
    }

    /// One kind of model is through.
    void count(RetrainSignal signal, ModelRun model, Instant now) {
        Tags tags = Tags.of("pipeline", signal.pipeline(), "model", model.model());
        Counter.builder("aerocast.training.runs")
                .description("Training runs by kind of model, reason and verdict")
                .tags(tags)
                .tag("reason", signal.reason().label())
                .tag("verdict", model.verdict())
                .register(meters)
                .increment();
        if (model.fitted()) {
            Timer.builder("aerocast.training")
                    .description("Time of fit and judgement")
                    .tags(tags)
                    .register(meters)
                    .record(model.took());
            trained(signal.pipeline(), model.model(), now);
        }
    }

    private void trained(String pipeline, String kind, Instant at) {
        Tags tags = Tags.of("pipeline", pipeline, "model", kind);
        Instant before = lastRetrain.putIfAbsent(tags, at);
        if (before == null) {
            Gauge.builder("aerocast.last.retrain.timestamp", () -> seconds(tags))
                    .description("When a model was last trained, promoted or not")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(meters);
        } else if (at.isAfter(before)) {
            lastRetrain.put(tags, at);
        }
    }

    private double seconds(Tags tags) {
        return lastRetrain.getOrDefault(tags, Instant.EPOCH).toEpochMilli() / 1000.0;
    }
}
