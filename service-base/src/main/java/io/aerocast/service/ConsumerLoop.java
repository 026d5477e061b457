package io.aerocast.service;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// A [Worker] that owns a Kafka consumer. After a failure the consumer is closed and replaced after a pause, so
/// that the loop survives an outage of the broker and an exception of the body.
public final class ConsumerLoop {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final Duration grace;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Body body;
    private final Worker worker;
    private volatile @Nullable Consumer<String, byte[]> current;

    /// The work with one consumer.
    @FunctionalInterface
    public interface Body {

        /// Polls until [ConsumerLoop#stopping()], or until a poll throws.
        void run(Consumer<String, byte[]> consumer) throws InterruptedException;
    }

    /// @param name of the thread
    /// @param topic name of the topic, for the log
    /// @param grace see [Worker#waking]; also the longest time for closing a consumer
    /// @param consumers creates a consumer; the loop closes it
    public ConsumerLoop(
            String name, String topic, Duration grace, Supplier<Consumer<String, byte[]>> consumers, Body body) {
        this.topic = topic;
        this.grace = grace;
        this.consumers = consumers;
        this.body = body;
        this.worker = Worker.waking(name, grace, this::wakeUp, this::run);
    }

    /// Starts the loop, unless it was started or stopped before.
    public void start() {
        worker.start();
    }

    /// Requests the end; a poll in progress continues.
    public void requestStop() {
        worker.requestStop();
    }

    /// Ends the loop, a poll in progress included, and waits until the consumer is closed.
    public void stop() {
        worker.stop();
    }

    /// Whether the end was requested.
    public boolean stopping() {
        return worker.stopping();
    }

    private void wakeUp() {
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() throws InterruptedException {
        while (!stopping()) {
            try {
                runWithNewConsumer();
            } catch (WakeupException | InterruptException _) {
                // A stop; the condition of the loop decides.
            } catch (RuntimeException e) {
                report(e);
                worker.pause(PAUSE);
            }
        }
    }

    private void runWithNewConsumer() throws InterruptedException {
        Consumer<String, byte[]> consumer = consumers.get();
        try {
            current = consumer;
            if (!stopping()) {
                body.run(consumer);
            }
        } finally {
            current = null;
            Thread.interrupted(); // a pending interrupt would keep the consumer from leaving its group
            consumer.close(CloseOptions.timeout(grace));
        }
    }

    /// A failure of Kafka ends with the outage; any other one is a fault of the code and needs its stack trace.
    private void report(RuntimeException failure) {
        LoggingEventBuilder event =
                failure instanceof KafkaException ? log.atWarn() : log.atError().setCause(failure);
        event.addKeyValue("topic", topic)
                .addKeyValue("cause", RootCause.message(failure))
                .log("topic cannot be read, trying again");
    }
}
