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

/// Reads the latest observations of a partition after its assignment, with a separate consumer, so that lookbacks
/// are full from the first forecast on.
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ConsumerFactory<String, byte[]> consumers;
    private final long records;

    /// @param records number of records of each partition to read
    WarmUp(ConsumerFactory<String, byte[]> consumers, long records) {
        this.consumers = consumers;
        this.records = records;
    }

    /// Reads the records before an offset. If the broker does not deliver them in time, this logs a warning and
    /// stops: lookbacks then fill with new observations.
    ///
    /// @param end exclusive
    void read(TopicPartition partition, long end, Consumer<ConsumerRecord<String, byte[]>> earlier) {
        try (var reader = consumers.createConsumer()) {
            List<TopicPartition> partitions = List.of(partition);
            reader.assign(partitions);
            long first = reader.beginningOffsets(partitions).getOrDefault(partition, end);
            reader.seek(partition, Math.max(first, end - records));
            Instant deadline = Instant.now().plus(TIMEOUT);
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
                    .log("warm-up incomplete, lookbacks fill as new observations arrive");
        }
    }
}
