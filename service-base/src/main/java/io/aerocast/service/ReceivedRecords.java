package io.aerocast.service;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/// Handles received records within the trace in which they were sent, for consumers that poll by themselves.
public final class ReceivedRecords {

    private final ObservationRegistry observations;

    /// @param observations [ObservationRegistry#NOOP] where nothing is traced
    ReceivedRecords(ObservationRegistry observations) {
        this.observations = observations;
    }

    /// Nothing is traced.
    public static ReceivedRecords untraced() {
        return new ReceivedRecords(ObservationRegistry.NOOP);
    }

    /// Handles a record; what the handler sends and logs belongs to the record's trace.
    ///
    /// @param consumer who handles it, in a few fixed words
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
