package io.aerocast.api.live;

import io.aerocast.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/// Reads earlier observations again, with a consumer of its own, so that lookbacks are full when a partition is
/// taken over.
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConsumerFactory<String, byte[]> consumers;
    private final long records;

    /// @param records how many records of each partition to read back
    WarmUp(ConsumerFactory<String, byte[]> consumers, long records) {
        this.consumers = consumers;
        this.records = records;
    }

    /// Hands over the records before each partition's end. Where the broker does not deliver them in time, this
    /// says so and leaves off: lookbacks then fill with new observations.
    ///
    /// @param ends by partition, exclusive
    void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<String, byte[]>> earlier) {
        Instant deadline = Instant.now().plus(PATIENCE);
        try (var reader = consumers.createConsumer()) {
            reader.assign(ends.keySet());
            reader.beginningOffsets(ends.keySet())
                    .forEach((partition, first) ->
                            reader.seek(partition, Math.max(first, ends.getOrDefault(partition, 0L) - records)));
            while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
                if (Instant.now().isAfter(deadline)) {
                    log.atWarn()
                            .addKeyValue("topic", Topics.OBSERVATIONS.name())
                            .log("earlier observations could not all be read, lookbacks fill as new ones arrive");
                    return;
                }
                for (ConsumerRecord<String, byte[]> received : reader.poll(POLL)) {
                    if (received.offset() < ends.getOrDefault(partition(received), 0L)) {
                        earlier.accept(received);
                    }
                }
            }
        }
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> received) {
        return new TopicPartition(received.topic(), received.partition());
    }
}
