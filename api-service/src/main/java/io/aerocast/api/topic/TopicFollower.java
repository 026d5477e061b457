package io.aerocast.api.topic;

import io.aerocast.event.Topic;
import io.aerocast.service.ConsumerLoop;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.service.StartsWithTopics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/// Reads all partitions of a topic from an earlier record on and then follows it, with a consumer of its own and
/// without a group: every replica of the service receives every event. It starts when the topics exist and survives
/// outages of the broker. An unreadable record is counted, logged and skipped.
///
/// @param <T> the event
public final class TopicFollower<T> extends StartsWithTopics {

    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Topic<T> topic;
    private final long rewind;
    private final EventHandler<T> handler;
    private final List<EventHandler<T>> more = new CopyOnWriteArrayList<>();
    private final List<EventHandler<T>> news = new CopyOnWriteArrayList<>();
    private final Counter skipped;
    private final ConsumerLoop loop;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> target = new HashMap<>();

    private ReceivedRecords records = ReceivedRecords.untraced();
    private volatile @Nullable Instant caughtUp;

    private TopicFollower(
            ConsumerFactory<String, byte[]> consumers,
            Topic<T> topic,
            long rewind,
            EventHandler<T> handler,
            MeterRegistry meters) {
        this.topic = topic;
        this.rewind = rewind;
        this.handler = handler;
        this.skipped = Counter.builder("aerocast.records.skipped")
                .description("Records that could not be read")
                .tag("topic", topic.name())
                .register(meters);
        this.loop =
                new ConsumerLoop("follow-" + topic.name(), topic.name(), STOP, consumers::createConsumer, this::follow);
    }

    /// Follows a topic from its first record on.
    public static <T> TopicFollower<T> fromTheStart(
            ConsumerFactory<String, byte[]> consumers, Topic<T> topic, EventHandler<T> handler, MeterRegistry meters) {
        return new TopicFollower<>(consumers, topic, Long.MAX_VALUE, handler, meters);
    }

    /// Follows a topic from its newest records on.
    ///
    /// @param records number of records of each partition to read back, at least 0
    public static <T> TopicFollower<T> fromTheNewest(
            long records,
            ConsumerFactory<String, byte[]> consumers,
            Topic<T> topic,
            EventHandler<T> handler,
            MeterRegistry meters) {
        return new TopicFollower<>(consumers, topic, records, handler, meters);
    }

    /// The topic's name.
    public String topic() {
        return topic.name();
    }

    /// Handles each record within the trace in which it was sent.
    public TopicFollower<T> traced(ReceivedRecords traced) {
        records = traced;
        return this;
    }

    /// Passes each event on to another handler, after the first one has handled it.
    public void onEach(EventHandler<T> also) {
        more.add(also);
    }

    /// Passes each event that is published after the first connection on to another handler, after the
    /// others have handled it.
    public void onNews(EventHandler<T> also) {
        news.add(also);
    }

    /// Whether every record that the topic held at the first connection has been handled.
    public boolean caughtUp() {
        return caughtUp != null;
    }

    /// Time at which that was first the case; empty before.
    public Optional<Instant> caughtUpAt() {
        return Optional.ofNullable(caughtUp);
    }

    @Override
    protected void begin() {
        loop.start();
    }

    @Override
    protected void end() {
        loop.stop();
    }

    private void follow(Consumer<String, byte[]> own) {
        List<TopicPartition> partitions = own.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
        own.assign(partitions);
        begin(own, partitions);
        while (!loop.stopping()) {
            for (ConsumerRecord<String, byte[]> received : own.poll(POLL)) {
                handle(received);
            }
            partitions.forEach(partition -> next.put(partition, own.position(partition)));
            if (caughtUp == null
                    && partitions.stream().allMatch(p -> next.getOrDefault(p, 0L) >= target.getOrDefault(p, 0L))) {
                caughtUp = Instant.now();
            }
        }
    }

    /// After a fault it continues where it stopped: read again from the start, older events would undo newer ones.
    private void begin(Consumer<String, byte[]> own, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> first = own.beginningOffsets(partitions);
        own.endOffsets(partitions).forEach((partition, end) -> {
            target.putIfAbsent(partition, end);
            long start = Math.max(first.getOrDefault(partition, 0L), end - rewind);
            own.seek(partition, next.getOrDefault(partition, start));
        });
    }

    private void handle(ConsumerRecord<String, byte[]> received) {
        try {
            records.handle(received, "api", () -> {
                T event = topic.codec().decode(value(received));
                Instant arrived = Instant.ofEpochMilli(received.timestamp());
                handler.handle(event, received.offset(), arrived);
                more.forEach(also -> also.handle(event, received.offset(), arrived));
                if (isNews(received)) {
                    news.forEach(also -> also.handle(event, received.offset(), arrived));
                }
                return true;
            });
        } catch (RuntimeException e) {
            skipped.increment();
            log.atWarn()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .setCause(e)
                    .log("record skipped");
        }
        next.put(new TopicPartition(received.topic(), received.partition()), received.offset() + 1);
    }

    private boolean isNews(ConsumerRecord<String, byte[]> received) {
        TopicPartition partition = new TopicPartition(received.topic(), received.partition());
        return received.offset() >= target.getOrDefault(partition, 0L);
    }

    private static byte[] value(ConsumerRecord<String, byte[]> received) {
        byte[] value = received.value();
        if (value == null) {
            throw new IllegalArgumentException("Expected an event, found a record without value");
        }
        return value;
    }
}
