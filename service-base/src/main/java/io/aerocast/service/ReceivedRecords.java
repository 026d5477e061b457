package io.aerocast.service;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/// Handles received records within the trace of their producer, for consumers that poll without Spring Kafka.
public final class ReceivedRecords {

    private final ObservationRegistry observations;

    /// @param observations [ObservationRegistry#NOOP] if tracing is off
    ReceivedRecords(ObservationRegistry observations) {
        this.observations = observations;
    }

    /// Handles records without tracing.
    public static ReceivedRecords untraced() {
        return new ReceivedRecords(ObservationRegistry.NOOP);
    }

    /// Handles a record; events that the handler sends, and its log, belong to the record's trace.
    ///
    /// @param consumer name of the consumer; of low cardinality
    public <T> T handle(ConsumerRecord<String, byte[]> received, String consumer, Supplier<T> handler) {
        return Observation.createNotStarted(
                        "aerocast.record.handling",
                        () -> new KafkaRecordReceiverContext(received, consumer, () -> ""),
                        observations)
                .contextualName(received.topic() + " process")
                .lowCardinalityKeyValue("topic", received.topic())
                .lowCardinalityKeyValue("consumer", consumer)
                .highCardinalityKeyValue("partition", String.valueOf(received.partition()))
                .highCardinalityKeyValue("offset", String.valueOf(received.offset()))
                .observe(handler);
    }
}
