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
import org.springframework.stereotype.Component;

/// Checks the records of the observations topic, to which any producer may write. A record is judged by its arrival at
/// the broker, so that it is judged the same when it is read again after a crash.
@Component
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

    /// Whether a record may land. A rejected one is counted.
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
            // Whatever is wrong with one record, it must not hold up those behind it.
            return rejected("", "Cannot read Observation: %s".formatted(e));
        }
    }

    /// Sends a record that may not land to the dead letters.
    ///
    /// @return completes when the broker has acknowledged it
    CompletableFuture<?> reject(ConsumerRecord<String, byte[]> received, String reason) {
        String origin = "%s-%d@%d".formatted(received.topic(), received.partition(), received.offset());
        return deadLetters.send(received.key(), received.value(), reason, origin);
    }

    private Rejected rejected(String pipeline, String reason) {
        counter.rejected(pipeline, SOURCE);
        return new Rejected(reason);
    }
}
