package io.aerocast.api.topic;

import io.aerocast.event.Topic;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.service.RootCause;
import io.aerocast.service.TopicsReady;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/// Reads all partitions of a topic from an earlier record on and then follows it, with a consumer of its own and
/// without a group: every replica of the service sees every event. It starts when the topics exist, and outlives
/// a broker that goes away. A record that cannot be read is counted, told and skipped.
///
/// @param <T> the event
public final class TopicFollower<T> implements SmartLifecycle, ApplicationListener<TopicsReady> {

    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final ConsumerFactory<String, byte[]> consumers;
    private final Topic<T> topic;
    private final long rewind;
    private final EventHandler<T> handler;
    private final Counter skipped;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> target = new HashMap<>();

    private ReceivedRecords records = ReceivedRecords.untraced();
    private volatile boolean running;
    private volatile boolean caughtUp;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile @Nullable Thread thread;

    private TopicFollower(
            ConsumerFactory<String, byte[]> consumers,
            Topic<T> topic,
            long rewind,
            EventHandler<T> handler,
            MeterRegistry meters) {
        this.consumers = consumers;
        this.topic = topic;
        this.rewind = rewind;
        this.handler = handler;
        this.skipped = Counter.builder("aerocast.records.skipped")
                .description("Records that could not be read")
                .tag("topic", topic.name())
                .register(meters);
    }

    /// Follows a topic from its first record on.
    public static <T> TopicFollower<T> fromTheStart(
            ConsumerFactory<String, byte[]> consumers, Topic<T> topic, EventHandler<T> handler, MeterRegistry meters) {
        return new TopicFollower<>(consumers, topic, Long.MAX_VALUE, handler, meters);
    }

    /// Follows a topic from its newest records on.
    ///
    /// @param records how many records of each partition to read back, at least 0
    public static <T> TopicFollower<T> fromTheNewest(
            long records,
            ConsumerFactory<String, byte[]> consumers,
            Topic<T> topic,
            EventHandler<T> handler,
            MeterRegistry meters) {
        return new TopicFollower<>(consumers, topic, records, handler, meters);
    }

    /// Handles each record within the trace in which it was sent.
    public TopicFollower<T> traced(ReceivedRecords traced) {
        records = traced;
        return this;
    }

    /// Whether every record that the topic held when it was first reached has been handled.
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void onApplicationEvent(TopicsReady event) {
        start();
    }

    /// Only when the topics exist.
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofPlatform().name("follow-" + topic.name()).daemon().start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        Consumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread worker = thread;
        if (worker != null) {
            try {
                worker.join(STOP);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> own = consumers.createConsumer()) {
                consumer = own;
                if (running) {
                    follow(own);
                }
            } catch (WakeupException | InterruptException _) {
                // stop() asked for it; the loop's condition decides
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("topic", topic.name())
                        .addKeyValue("cause", RootCause.message(e))
                        .log("topic cannot be followed, trying again");
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> own) {
        List<TopicPartition> partitions = own.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
        own.assign(partitions);
        begin(own, partitions);
        while (running) {
            for (ConsumerRecord<String, byte[]> received : own.poll(POLL)) {
                handle(received);
            }
            partitions.forEach(partition -> next.put(partition, own.position(partition)));
            caughtUp = caughtUp
                    || partitions.stream().allMatch(p -> next.getOrDefault(p, 0L) >= target.getOrDefault(p, 0L));
        }
    }

    /// After a fault it goes on where it stopped: read again from the start, older events would undo newer ones.
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
                handler.handle(topic.codec().decode(value(received)), received.offset());
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

    private static byte[] value(ConsumerRecord<String, byte[]> received) {
        byte[] value = received.value();
        if (value == null) {
            throw new IllegalArgumentException("Expected an event, found a record without value");
        }
        return value;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
