package io.aerocast.ingest.land;

import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.ingest.publish.DeadLetters;
import io.aerocast.ingest.publish.ObservationCounter;
import io.aerocast.observation.Check;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.observation.ObservationCheck;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Checks the records of the observations topic, to which any producer may write. The check uses the time of
/// arrival at the broker, so that it gives the same result when the record is read again after a crash.
final class Intake {

    private static final String SOURCE = "topic";

    private final ObservationCheck check;
    private final DeadLetters deadLetters;
    private final ObservationCounter counter;

    Intake(ObservationCheck check, DeadLetters deadLetters, ObservationCounter counter) {
        this.check = check;
        this.deadLetters = deadLetters;
        this.counter = counter;
    }

    /// Checks whether a record may land, and counts a rejected one.
    Check check(ConsumerRecord<String, byte[]> received) {
        if (received.value() == null) {
            return rejected("", "expected an observation, found an empty record");
        }
        try {
            Observation observation = Topics.OBSERVATIONS.codec().decode(received.value());
            Check outcome = check.check(observation, Instant.ofEpochMilli(received.timestamp()));
            return outcome instanceof Rejected(String reason) ? rejected(observation.pipeline(), reason) : outcome;
        } catch (UnreadableEventException e) {
            return rejected("", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // An unexpected failure rejects this record, so that it does not block the following ones.
            return rejected("", "Cannot read Observation: %s".formatted(e));
        }
    }

    /// Sends a rejected record to the dead-letter topic.
    ///
    /// @return completes when the broker has acknowledged the dead letter
    CompletableFuture<?> reject(ConsumerRecord<String, byte[]> received, String reason) {
        String origin = "%s-%d@%d".formatted(received.topic(), received.partition(), received.offset());
        return deadLetters.send(received.key(), received.value(), reason, origin);
    }

    private Rejected rejected(String pipeline, String reason) {
        counter.rejected(pipeline, SOURCE);
        return new Rejected(reason);
    }
}
