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

/// Checks the observations of the sources, and publishes them to the observations topic, keyed by station, or to
/// the dead-letter topic.
public final class ObservationPublisher {

    private final ObservationCheck check;
    private final EventPublisher events;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final ObservationCounter counter;

    ObservationPublisher(
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

    /// Publishes an entry of a source.
    ///
    /// @param source the kind of source, for example `replay`
    /// @return completes when the broker has acknowledged the record; fails if it could not be sent
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
                        .reject(observation, measured.payload(), reason, measured.origin())
                        .thenRun(() -> counter.rejected(observation.pipeline(), source));
        };
    }
}
