package io.aerocast.trainer.signal;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.service.ConsumerLoop;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.trainer.run.OpenRun;
import io.aerocast.trainer.run.RunQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/// Consumes retrain signals. A run takes seconds to days, so signals are answered on other threads while this one
/// keeps polling, which keeps the membership in the group. An offset is committed once its signal, and every signal
/// before it, is answered: a trainer that is killed receives the unanswered ones again, and the run records make
/// sure that none is answered twice.
final class SignalConsumer extends StartsWithTopics {

    private static final Logger log = LoggerFactory.getLogger(SignalConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final RunQueue queue;
    private final Counter skipped;
    private final ConsumerLoop loop;

    private final Map<TopicPartition, Pending> pendings = new HashMap<>();

    SignalConsumer(
            ConsumerFactory<String, byte[]> consumers,
            SignalProperties properties,
            RunQueue queue,
            MeterRegistry meters) {
        this.queue = queue;
        this.skipped = Counter.builder("aerocast.records.skipped")
                .description("Records that could not be read")
                .tag("topic", Topics.RETRAIN.name())
                .register(meters);
        this.loop = new ConsumerLoop(
                "retrain-signals",
                Topics.RETRAIN.name(),
                STOP,
                () -> consumers.createConsumer(properties.group(), null),
                this::consume);
    }

    @Override
    protected void begin() {
        loop.start();
    }

    /// Interrupts the runs in progress, commits the answered signals, and leaves the group.
    @Override
    protected void end() {
        loop.requestStop();
        queue.close();
        loop.stop();
    }

    private void consume(Consumer<String, byte[]> own) {
        own.subscribe(List.of(Topics.RETRAIN.name()), new Rebalance(own));
        try {
            while (!loop.stopping()) {
                own.poll(POLL).forEach(this::accept);
                commit(own);
            }
        } catch (WakeupException _) {
            // Woken up by stop().
        }
        commit(own);
    }

    private void accept(ConsumerRecord<String, byte[]> received) {
        Pending pending = pendingOf(new TopicPartition(received.topic(), received.partition()));
        submit(received).ifPresent(run -> pending.open(run, received.offset()));
        pending.received(received.offset());
    }

    private Pending pendingOf(TopicPartition partition) {
        return pendings.computeIfAbsent(partition, _ -> new Pending());
    }

    /// @return the run that will answer it; empty if there is nothing to wait for
    private Optional<OpenRun> submit(ConsumerRecord<String, byte[]> received) {
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
        } catch (IOException e) {
            // The record of its run cannot be read: an immediate retry would be an endless loop.
            log.atError()
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .setCause(e)
                    .log("signal given up");
        }
        return Optional.empty();
    }

    private static RetrainSignal signal(ConsumerRecord<String, byte[]> received) {
        byte[] value = received.value();
        return Topics.RETRAIN.codec().decode(value == null ? new byte[0] : value);
    }

    /// Commits the answered signals up to the first unanswered one.
    private void commit(Consumer<String, byte[]> own) {
        Map<TopicPartition, OffsetAndMetadata> answered = new HashMap<>();
        pendings.forEach((partition, pending) ->
                pending.answered().ifPresent(offset -> answered.put(partition, new OffsetAndMetadata(offset))));
        if (!answered.isEmpty()) {
            own.commitSync(answered, COMMIT);
            answered.forEach((partition, offset) ->
                    Objects.requireNonNull(pendings.get(partition)).committed(offset.offset()));
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
            // Most often they come back: the next assignment decides.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            pendings.entrySet().removeIf(entry -> {
                boolean gone = !own.assignment().contains(entry.getKey());
                if (gone) {
                    entry.getValue().runs().forEach(queue::abandon);
                }
                return gone;
            });
        }
    }
}
