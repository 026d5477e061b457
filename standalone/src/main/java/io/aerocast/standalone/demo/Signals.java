package io.aerocast.standalone.demo;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Requests trainings, as an operator would.
final class Signals implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    Signals(String brokers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.block.ms", 5_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// Raises a `manual` retrain signal.
    void raise(String pipeline, String note) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RetrainSignal signal = new RetrainSignal(
                "manual/" + UUID.randomUUID(), pipeline, RetrainReason.MANUAL, now, null, null, null, note, Map.of());
        producer.send(new ProducerRecord<>(
                Topics.RETRAIN.name(), pipeline, Topics.RETRAIN.codec().encode(signal)));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
