package io.aerocast.ingest.publish;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts observations by the outcome of their check, `aerocast_observations_total{pipeline,source,outcome}`, and
/// their missing readings, `aerocast_missing_readings_total{pipeline,feature}`. A pipeline that is not configured
/// counts as `unknown`.
public final class ObservationCounter {

    private final MeterRegistry meters;
    private final Pipelines pipelines;

    ObservationCounter(MeterRegistry meters, Pipelines pipelines) {
        this.meters = meters;
        this.pipelines = pipelines;
    }

    /// Counts an accepted observation and its missing readings.
    ///
    /// @param source the kind of source, for example `replay`
    public void accepted(Observation observation, Pipeline pipeline, String source) {
        count(pipeline.name(), source, "accepted");
        for (String feature : pipeline.featureNames()) {
            Counter.builder("aerocast.missing.readings")
                    .description("Missing readings of accepted observations")
                    .tag("pipeline", pipeline.name())
                    .tag("feature", feature)
                    .register(meters)
                    .increment(observation.readings().containsKey(feature) ? 0 : 1);
        }
    }

    /// Counts a rejected observation.
    ///
    /// @param source the kind of source, or `topic` for a record of another producer
    public void rejected(String pipeline, String source) {
        count(pipeline, source, "rejected");
    }

    private void count(String pipeline, String source, String outcome) {
        Counter.builder("aerocast.observations")
                .description("Observations by the outcome of their check")
                .tag("pipeline", pipelines.find(pipeline).isPresent() ? pipeline : "unknown")
                .tag("source", source)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
