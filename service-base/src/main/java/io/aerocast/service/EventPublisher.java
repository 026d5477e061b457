package io.aerocast.service;

import io.aerocast.event.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/// Publishes events to their topics. It counts every failure, and logs one a minute and topic with the number of
/// those in between: a slow broker fails thousands at once. A caller that depends on the outcome waits for the
/// returned future.
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final KafkaTemplate<String, byte[]> kafka;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    EventPublisher(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters, InstantSource clock) {
        this.kafka = kafka;
        this.meters = meters;
        this.clock = clock;
    }

    /// Failures of a topic since the latest one that was logged.
    ///
    /// @param quietUntil until then further ones are only counted
    private record Failures(Instant quietUntil, long unlogged) {

        static final Failures NONE = new Failures(Instant.MIN, 0);

        Failures next(Instant now) {
            return now.isBefore(quietUntil) ? new Failures(quietUntil, unlogged + 1) : new Failures(now.plus(QUIET), 0);
        }
    }

    /// Sends an event.
    ///
    /// @return partition and offset, once the broker has acknowledged the event; fails if it could not be sent
    public <T> CompletableFuture<RecordMetadata> publish(Topic<T> topic, String key, T event) {
        return send(new ProducerRecord<>(topic.name(), key, topic.codec().encode(event)));
    }

    /// Sends a record unchanged, for example a dead letter.
    ///
    /// @return partition and offset, once the broker has acknowledged the event; fails if it could not be sent
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> event) {
        CompletableFuture<RecordMetadata> sent;
        try {
            sent = kafka.send(event).thenApply(SendResult::getRecordMetadata);
        } catch (KafkaException | org.springframework.kafka.KafkaException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        return sent.whenComplete((_, failure) -> {
            count(event.topic(), failure == null ? "sent" : "failed");
            if (failure != null) {
                report(event, failure);
            }
        });
    }

    private void report(ProducerRecord<String, byte[]> event, Throwable failure) {
        Instant now = clock.instant();
        failures.compute(event.topic(), (topic, known) -> {
            Failures before = known == null ? Failures.NONE : known;
            Failures after = before.next(now);
            if (after.unlogged() == 0) {
                log.atError()
                        .addKeyValue("topic", topic)
                        .addKeyValue("key", event.key())
                        .addKeyValue("cause", RootCause.message(failure))
                        .addKeyValue("unlogged", before.unlogged())
                        .log("event not sent");
            }
            return after;
        });
    }

    private void count(String topic, String outcome) {
        Counter.builder("aerocast.events.published")
                .description("Events handed to the broker, by outcome")
                .tag("topic", topic)
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
