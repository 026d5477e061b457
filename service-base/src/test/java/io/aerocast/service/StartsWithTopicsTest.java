package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.support.GenericApplicationContext;

class StartsWithTopicsTest {

    private final List<String> calls = new ArrayList<>();

    private final class Work extends StartsWithTopics {

        @Override
        protected void begin() {
            calls.add("begin");
        }

        @Override
        protected void end() {
            calls.add("end");
        }
    }

    @Test
    void beginsWithTheTopicsAndEndsWithTheContext() {
        try (GenericApplicationContext context = context()) {
            assertThat(calls).isEmpty();
            context.publishEvent(new TopicsReady(this));
            assertThat(calls).containsExactly("begin");
        }
        assertThat(calls).containsExactly("begin", "end");
    }

    @Test
    void endsEvenIfTheTopicsNeverExisted() {
        context().close();

        assertThat(calls).containsExactly("end");
    }

    @Test
    void doesNotBeginWhileTheServiceStops() {
        Work work = new Work();
        work.stop();

        work.onApplicationEvent(new TopicsReady(this));

        assertThat(calls).containsExactly("end");
        assertThat(work.isRunning()).isFalse();
    }

    @Test
    @Timeout(60)
    void topicsThatArriveDuringTheStopDoNotWaitForItsEnd() throws Exception {
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch announced = new CountDownLatch(1);
        StartsWithTopics work = new StartsWithTopics() {
            @Override
            protected void begin() {
                calls.add("begin");
            }

            @Override
            protected void end() {
                ending.countDown();
                awaitLatch(announced);
            }
        };
        Thread stop = Thread.ofPlatform().daemon().start(work::stop);
        ending.await();

        work.onApplicationEvent(new TopicsReady(this));
        announced.countDown();
        stop.join();

        assertThat(calls).isEmpty();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private GenericApplicationContext context() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean(Work.class, Work::new);
        context.refresh();
        return context;
    }
}
