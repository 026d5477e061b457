package io.aerocast.standalone.healing;

import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.standalone.runtime.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads AeroCast's topics as any client could, without a consumer group and without committed offsets: models from
/// the start of their topic, all else from the time of [#mark] on.
public final class Watch implements AutoCloseable {

    private static final Duration TOPICS_WITHIN = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, BiConsumer<byte[], Instant>> handlers = new HashMap<>();
    private Map<TopicPartition, Long> marks = Map.of();

    public Watch(String brokers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "isolation.level",
                        "read_committed",
                        "allow.auto.create.topics",
                        false,
                        "max.poll.records",
                        5_000,
                        "fetch.min.bytes",
                        65_536,
                        "fetch.max.wait.ms",
                        100),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /// Registers the handler of a topic's events.
    ///
    /// @param handler takes the event and the broker's timestamp
    public <T> void on(Topic<T> topic, BiConsumer<T, Instant> handler) {
        handlers.put(topic.name(), (bytes, at) -> handler.accept(topic.codec().decode(bytes), at));
    }

    /// Remembers the end offsets of the topics that exist now.
    public void mark() {
        List<TopicPartition> existing = consumer.listTopics().entrySet().stream()
                .filter(topic ->
                        handlers.containsKey(topic.getKey()) && !topic.getKey().equals(Topics.MODELS.name()))
                .flatMap(topic -> partitions(topic.getValue()))
                .toList();
        marks = consumer.endOffsets(existing);
    }

    /// Starts to read the topics that have a handler, from the marked offsets, or from the start of a partition
    /// without one.
    ///
    /// @throws CommandFailure if a topic does not appear
    public void start() {
        start(TOPICS_WITHIN);
    }

    /// Like [#start()], with a time limit.
    public void start(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        List<TopicPartition> all = handlers.keySet().stream()
                .flatMap(topic -> partitions(awaited(topic, deadline)))
                .toList();
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, marks.getOrDefault(partition, 0L)));
    }

    /// Handles the events that have arrived.
    ///
    /// @param wait longest wait for the first one
    public void poll(Duration wait) {
        for (ConsumerRecord<String, byte[]> event : consumer.poll(wait)) {
            BiConsumer<byte[], Instant> handler = handlers.get(event.topic());
            if (handler != null && event.value() != null) {
                try {
                    handler.accept(event.value(), Instant.ofEpochMilli(event.timestamp()));
                } catch (UnreadableEventException _) {
                    // The services count and report such records.
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private static Stream<TopicPartition> partitions(List<PartitionInfo> partitions) {
        return partitions.stream().map(p -> new TopicPartition(p.topic(), p.partition()));
    }

    private List<PartitionInfo> awaited(String topic, long deadline) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        while (left.isPositive()) {
            try {
                List<PartitionInfo> partitions = consumer.partitionsFor(topic, left);
                if (partitions != null && !partitions.isEmpty()) {
                    return partitions;
                }
            } catch (TimeoutException _) {
                break;
            }
            left = Duration.ofNanos(deadline - System.nanoTime());
        }
        throw new CommandFailure("Topic %s did not appear in time".formatted(topic));
    }
}
