package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaTemplate;

@ExtendWith(OutputCaptureExtension.class)
class EventPublisherTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final EventPublisher publisher = new EventPublisher(kafka(), meters, () -> now);

    @Test
    void countsEachFailureAndLogsOneAMinuteAndTopic(CapturedOutput output) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(publish("forecasts")).isCompletedExceptionally();
        }
        publish("drift");
        now = now.plusSeconds(61);
        publish("forecasts");

        assertThat(meters.get("aerocast.events.published")
                        .tag("topic", "forecasts")
                        .tag("outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1_001);
        assertThat(output.getOut().lines().filter(line -> line.contains("event not sent")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("topic=\"forecasts\"", "broker is away", "unlogged=\"0\""),
                        other -> assertThat(other).contains("topic=\"drift\""),
                        later -> assertThat(later).contains("topic=\"forecasts\"", "unlogged=\"999\""));
    }

    private CompletableFuture<RecordMetadata> publish(String topic) {
        return publisher.send(new ProducerRecord<>(topic, "key", new byte[0]));
    }

    private static KafkaTemplate<String, byte[]> kafka() {
        MockProducer<String, byte[]> broken =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        broken.sendException = new TimeoutException("broker is away");
        return new KafkaTemplate<>(() -> broken);
    }
}
