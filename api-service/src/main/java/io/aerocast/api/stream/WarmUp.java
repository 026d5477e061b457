package io.aerocast.api.stream;

import io.aerocast.service.RootCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
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

    /// Hands over the records before an offset. Where the broker does not deliver them in time, this says so and
    /// leaves off: lookbacks then fill with new observations.
    ///
    /// @param end exclusive
    void read(TopicPartition partition, long end, Consumer<ConsumerRecord<String, byte[]>> earlier) {
        try (var reader = consumers.createConsumer()) {
            List<TopicPartition> alone = List.of(partition);
            reader.assign(alone);
            long first = reader.beginningOffsets(alone).getOrDefault(partition, end);
            reader.seek(partition, Math.max(first, end - records));
            Instant deadline = Instant.now().plus(PATIENCE);
            while (reader.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> received : reader.poll(POLL)) {
                    if (received.offset() < end) {
                        earlier.accept(received);
                    }
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new TimeoutException("reached offset %d of %d".formatted(reader.position(partition), end));
                }
            }
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("cause", RootCause.message(e))
                    .log("earlier observations could not all be read, lookbacks fill as new ones arrive");
        }
    }
}
