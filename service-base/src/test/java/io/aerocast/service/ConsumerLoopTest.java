package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class ConsumerLoopTest {

    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final List<MockConsumer<String, byte[]>> created = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    /// A consumer whose `wakeup` ends the wait of [#awaitWakeUp].
    private static final class Waking extends MockConsumer<String, byte[]> {

        private final CountDownLatch woken = new CountDownLatch(1);

        Waking() {
            super("none");
        }

        @Override
        public void wakeup() {
            woken.countDown();
        }
    }

    @Test
    void aStopWakesTheConsumerAndClosesIt() throws Exception {
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", GRACE, this::create, this::awaitWakeUp);
        loop.start();
        begun.await();

        loop.stop();

        assertThat(created)
                .singleElement()
                .satisfies(consumer -> assertThat(consumer.closed()).isTrue());
        assertThat(loop.stopping()).isTrue();
    }

    @Test
    void aRequestOfTheStopLeavesThePollAlone() throws Exception {
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", GRACE, this::create, this::awaitWakeUp);
        loop.start();
        begun.await();

        loop.requestStop();

        assertThat(loop.stopping()).isTrue();
        assertThat(created.getFirst().closed()).isFalse();
        loop.stop();
    }

    @Test
    void replacesAConsumerThatFails() throws Exception {
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", GRACE, this::create, consumer -> {
            if (created.size() == 1) {
                throw new KafkaException("broken");
            }
            awaitWakeUp(consumer);
        });
        loop.start();

        await().until(() -> created.size() == 2);
        assertThat(created.getFirst().closed()).isTrue();
        loop.stop();

        assertThat(created).hasSize(2).allMatch(MockConsumer::closed);
    }

    @Test
    void replacesTheConsumerAfterAnExceptionOfTheBody() throws Exception {
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", GRACE, this::create, consumer -> {
            if (created.size() == 1) {
                throw new IllegalStateException("a fault of the body");
            }
            awaitWakeUp(consumer);
        });
        loop.start();

        begun.await();
        loop.stop();

        assertThat(created).hasSize(2).allMatch(MockConsumer::closed);
    }

    @Test
    void aStopEndsThePauseAfterAFailure() throws Exception {
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", GRACE, this::create, _ -> {
            begun.countDown();
            throw new KafkaException("broken");
        });
        loop.start();
        begun.await();

        loop.stop();

        assertThat(created).isNotEmpty().allMatch(MockConsumer::closed);
    }

    @Test
    void closesTheConsumerWithoutAPendingInterrupt() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Optional<Duration>> timeout = new CompletableFuture<>();
        MockConsumer<String, byte[]> stubborn = new MockConsumer<>("none") {
            @Override
            public void close(CloseOptions options) {
                interrupted.complete(Thread.currentThread().isInterrupted());
                timeout.complete(options.timeout());
                super.close(options);
            }
        };
        ConsumerLoop loop = new ConsumerLoop("test", "a-topic", SHORT, () -> stubborn, _ -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                throw new InterruptException("the interrupt after the grace");
            }
        });
        loop.start();
        begun.await();

        loop.stop();

        assertThat(interrupted.get(1, TimeUnit.MINUTES)).isFalse();
        assertThat(timeout.get(1, TimeUnit.MINUTES)).contains(SHORT);
    }

    private Consumer<String, byte[]> create() {
        MockConsumer<String, byte[]> consumer = new Waking();
        created.add(consumer);
        return consumer;
    }

    private void awaitWakeUp(Consumer<String, byte[]> consumer) throws InterruptedException {
        begun.countDown();
        ((Waking) consumer).woken.await();
    }
}
