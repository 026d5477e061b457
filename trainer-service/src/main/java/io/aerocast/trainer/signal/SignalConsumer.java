package io.aerocast.trainer.signal;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.service.TopicsReady;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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

/// Consumes retrain signals. A run takes seconds to days, so signals are answered on threads of their own while this
/// one keeps polling, which keeps the membership in the group. An offset is committed once its signal, and every
/// signal before it, is answered: a trainer that is killed receives the unanswered ones again, and the run records
/// see to it that none is answered twice.
final class SignalConsumer implements SmartLifecycle, ApplicationListener<TopicsReady> {

    private static final Logger log = LoggerFactory.getLogger(SignalConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final ConsumerFactory<String, byte[]> consumers;
    private final SignalProperties properties;
    private final RunQueue queue;
    private final Counter skipped;

    /// Signals that are not committed yet, in the order of their offsets.
    private final Map<TopicPartition, TreeMap<Long, Future<Boolean>>> pending = new HashMap<>();

    private volatile boolean running;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private @Nullable Thread thread;

    SignalConsumer(
            ConsumerFactory<String, byte[]> consumers,
            SignalProperties properties,
            RunQueue queue,
            MeterRegistry meters) {
        this.consumers = consumers;
        this.properties = properties;
        this.queue = queue;
        this.skipped = Counter.builder("aerocast.records.skipped")
                .description("Records that could not be read")
                .tag("topic", Topics.RETRAIN.name())
                .register(meters);
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
            thread = Thread.ofPlatform().name("retrain-signals").daemon().start(this::run);
        }
    }

    /// Interrupts the runs that are under way, commits what is answered, and leaves the group.
    @Override
    public synchronized void stop() {
        running = false;
        queue.close();
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
            try (Consumer<String, byte[]> own = consumers.createConsumer(properties.group(), null)) {
                consumer = own;
                consume(own);
            } catch (WakeupException | InterruptException _) {
                // stop() asked for it; the loop's condition decides
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("topic", Topics.RETRAIN.name())
                        .addKeyValue("cause", e.toString())
                        .log("signals cannot be consumed, trying again");
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void consume(Consumer<String, byte[]> own) {
        own.subscribe(List.of(Topics.RETRAIN.name()), new Rebalance(own));
        try {
            while (running) {
                own.poll(POLL).forEach(this::accept);
                commit(own);
            }
        } catch (WakeupException _) {
            // stop() asked for it
        }
        commit(own);
    }

    private void accept(ConsumerRecord<String, byte[]> received) {
        TopicPartition partition = new TopicPartition(received.topic(), received.partition());
        // A record comes again after a rebalance; its run may still be under way.
        pending.computeIfAbsent(partition, _ -> new TreeMap<>())
                .computeIfAbsent(received.offset(), _ -> submit(received));
    }

    private Future<Boolean> submit(ConsumerRecord<String, byte[]> received) {
        try {
            return queue.submit(received, signal(received));
        } catch (UnreadableEventException e) {
            skipped.increment();
            log.atWarn()
                    .addKeyValue("topic", received.topic())
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("record skipped");
            return CompletableFuture.completedFuture(true);
        }
    }

    private static RetrainSignal signal(ConsumerRecord<String, byte[]> received) {
        byte[] value = received.value();
        return Topics.RETRAIN.codec().decode(value == null ? new byte[0] : value);
    }

    /// Commits what is answered without a gap.
    private void commit(Consumer<String, byte[]> own) {
        Map<TopicPartition, OffsetAndMetadata> answered = new HashMap<>();
        pending.forEach((partition, signals) -> {
            while (!signals.isEmpty() && answered(signals.firstEntry().getValue())) {
                long offset = signals.pollFirstEntry().getKey();
                answered.put(partition, new OffsetAndMetadata(offset + 1));
            }
        });
        if (!answered.isEmpty()) {
            own.commitSync(answered, COMMIT);
        }
    }

    private static boolean answered(Future<Boolean> signal) {
        return signal.state() == Future.State.SUCCESS && signal.resultNow();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A partition that another trainer has taken over is answered there.
    private final class Rebalance implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> own;

        private Rebalance(Consumer<String, byte[]> own) {
            this.own = own;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(own);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            // Most often they come back: only the next assignment tells.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            pending.entrySet().removeIf(entry -> {
                boolean gone = !own.assignment().contains(entry.getKey());
                if (gone) {
                    entry.getValue().values().forEach(signal -> signal.cancel(true));
                }
                return gone;
            });
        }
    }
}
