package io.aerocast.service;

import io.aerocast.event.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/// Publishes events to their topics. It logs and counts every failure; a caller that depends on the outcome waits
/// for the returned future.
public final class EventPublisher {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private final KafkaTemplate<String, byte[]> kafka;
    private final MeterRegistry meters;

    EventPublisher(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        this.kafka = kafka;
        this.meters = meters;
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
                log.atError()
                        .addKeyValue("topic", event.topic())
                        .addKeyValue("key", event.key())
                        .addKeyValue("cause", RootCause.message(failure))
                        .log("event not sent");
            }
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
