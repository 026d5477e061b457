package io.aerocast.ingest.publish;

import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.observation.ObservationCheck;
import io.aerocast.service.EventPublisher;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/// Puts what a source received on the observations topic, keyed by station, or on the dead-letter topic.
@Component
public final class ObservationPublisher {

    private final ObservationCheck check;
    private final EventPublisher events;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final ObservationCounter counter;

    public ObservationPublisher(
            ObservationCheck check,
            EventPublisher events,
            DeadLetters deadLetters,
            Clock clock,
            ObservationCounter counter) {
        this.check = check;
        this.events = events;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.counter = counter;
    }

    /// Publishes what was received.
    ///
    /// @param source the kind of source, such as `replay`
    /// @return completes when the broker has acknowledged it, exceptionally if it could not be sent
    public CompletableFuture<?> publish(String source, Received received) {
        return switch (received) {
            case Measured measured -> publish(source, measured);
            case Malformed bad ->
                deadLetters
                        .send(null, bad.payload(), bad.reason(), bad.origin())
                        .thenRun(() -> counter.rejected(bad.pipeline(), source));
        };
    }

    private CompletableFuture<?> publish(String source, Measured measured) {
        Observation observation = measured.observation();
        return switch (check.check(observation, clock.instant())) {
            case Accepted(Observation accepted, var pipeline) ->
                events.publish(Topics.OBSERVATIONS, accepted.station(), accepted)
                        .thenRun(() -> counter.accepted(accepted, pipeline, source));
            case Rejected(String reason) ->
                deadLetters
                        .send(observation.station(), measured.payload(), reason, measured.origin())
                        .thenRun(() -> counter.rejected(observation.pipeline(), source));
        };
    }
}
