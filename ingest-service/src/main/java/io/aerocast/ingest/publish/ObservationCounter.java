package io.aerocast.ingest.publish;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// `aerocast_observations_total{pipeline,source,outcome}`: observations by the outcome of their check. A pipeline
/// that is not configured counts as `unknown`. `aerocast_missing_readings_total{pipeline,feature}`: what they lack.
@Component
public final class ObservationCounter {

    private final MeterRegistry meters;
    private final Pipelines pipelines;

    public ObservationCounter(MeterRegistry meters, Pipelines pipelines) {
        this.meters = meters;
        this.pipelines = pipelines;
    }

    /// Counts an observation that was accepted, and the readings that it lacks.
    ///
    /// @param source the kind of source, such as `replay`
    public void accepted(Observation observation, Pipeline pipeline, String source) {
        count(pipeline.name(), source, "accepted");
        for (String feature : pipeline.featureNames()) {
            Counter.builder("aerocast.missing.readings")
                    .description("Readings that accepted observations lack")
                    .tag("pipeline", pipeline.name())
                    .tag("feature", feature)
                    .register(meters)
                    .increment(observation.readings().containsKey(feature) ? 0 : 1);
        }
    }

    /// Counts an observation that was rejected.
    ///
    /// @param source the kind of source, or `topic` for what another producer wrote there
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
