package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void runsItsBodyOnADaemonThreadOfItsName() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Worker worker = Worker.patient("a-name", LONG, () -> thread.complete(Thread.currentThread()));

        assertThat(worker.started()).isFalse();
        worker.start();

        assertThat(thread.join().getName()).isEqualTo("a-name");
        assertThat(thread.join().isDaemon()).isTrue();
        await().until(() -> !worker.running());
        assertThat(worker.started()).isTrue();
        assertThat(worker.stopping()).isFalse();
    }

    @Test
    void interruptsASleepingBodyAtOnce() throws Exception {
        Worker worker = Worker.interruptible("test", LONG, this::awaitRelease);
        begin(worker);

        worker.stop();

        assertThat(worker.running()).isFalse();
        assertThat(interrupted).isTrue();
    }

    @Test
    void wakesABlockedBodyWithoutAnInterrupt() throws Exception {
        Worker worker = Worker.waking("test", LONG, released::countDown, this::awaitRelease);
        begin(worker);

        worker.stop();

        assertThat(worker.running()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @Test
    void interruptsAStubbornBodyAfterTheGrace() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        Worker worker = Worker.waking("test", SHORT, woken::countDown, this::awaitRelease);
        begin(worker);

        worker.stop();

        await().until(() -> !worker.running());
        assertThat(woken.getCount()).isZero();
        assertThat(interrupted).isTrue();
    }

    @Test
    void abandonsABodyThatIgnoresTheInterrupt() throws Exception {
        Worker worker = Worker.patient("test", SHORT, () -> {
            begun.countDown();
            while (released.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        begin(worker);

        worker.stop();

        assertThat(worker.running()).isTrue();
        assertThat(worker.stopping()).isTrue();
    }

    @Test
    void endsAPauseAtOnceWithoutAnInterrupt() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        Worker[] worker = new Worker[1];
        worker[0] = Worker.patient("test", LONG, () -> {
            begun.countDown();
            try {
                worker[0].pause(LONG);
            } catch (InterruptedException e) {
                ended.set(true);
                interrupted.set(Thread.currentThread().isInterrupted());
                throw e;
            }
        });
        begin(worker[0]);

        worker[0].stop();

        assertThat(worker[0].running()).isFalse();
        assertThat(ended).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void aRequestNeitherWaitsNorWakesTheBody() throws Exception {
        AtomicBoolean woken = new AtomicBoolean();
        Worker worker = Worker.waking("test", LONG, () -> woken.set(true), this::awaitRelease);
        begin(worker);

        worker.requestStop();

        assertThat(worker.stopping()).isTrue();
        assertThat(worker.running()).isTrue();
        assertThat(woken).isFalse();
    }

    @Test
    void runsOnceWhenStartedTwice() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = Worker.patient("test", LONG, runs::incrementAndGet);

        worker.start();
        worker.start();
        worker.stop();
        worker.start();

        assertThat(worker.running()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @Test
    void aStopBeforeTheStartIsFinal() {
        Worker worker = Worker.interruptible("test", LONG, this::awaitRelease);

        worker.stop();
        worker.start();

        assertThat(worker.started()).isFalse();
        assertThat(worker.running()).isFalse();
    }

    @Test
    void passesAnInterruptOfTheStoppingThreadOn() throws Exception {
        Worker worker = Worker.patient("test", LONG, this::awaitRelease);
        begin(worker);

        Thread.currentThread().interrupt();
        worker.stop();

        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> !worker.running());
        assertThat(interrupted).isTrue();
    }

    @Test
    void aBodyThatThrowsEndsAndKeepsItsFailure() {
        Error broken = new AssertionError("broken");
        Worker worker = Worker.patient("test", LONG, () -> {
            throw broken;
        });

        worker.start();

        await().until(() -> !worker.running());
        assertThat(worker.failure()).containsSame(broken);
        worker.stop();
    }

    @Test
    void aStopIsNoFailure() throws Exception {
        Worker worker = Worker.interruptible("test", LONG, this::awaitRelease);
        begin(worker);

        worker.stop();

        assertThat(worker.failure()).isEmpty();
    }

    private void begin(Worker worker) throws InterruptedException {
        worker.start();
        begun.await();
    }

    private void awaitRelease() throws InterruptedException {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
        }
    }
}
