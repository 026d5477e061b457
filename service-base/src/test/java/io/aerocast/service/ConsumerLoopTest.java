package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ConsumerLoopTest {

    private static final Duration GRACE = Duration.ofMinutes(5);

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
