package io.aerocast.ingest.publish;

import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// `aerocast_observations_total{pipeline,source,outcome}`: observations by the outcome of their check. A pipeline
/// that is not configured counts as `unknown`.
@Component
public final class ObservationCounter {

    private final MeterRegistry meters;
    private final Pipelines pipelines;

    public ObservationCounter(MeterRegistry meters, Pipelines pipelines) {
        this.meters = meters;
        this.pipelines = pipelines;
    }

    /// Counts an observation that was accepted.
    ///
    /// @param source the kind of source, such as `replay`
    public void accepted(String pipeline, String source) {
        count(pipeline, source, "accepted");
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
