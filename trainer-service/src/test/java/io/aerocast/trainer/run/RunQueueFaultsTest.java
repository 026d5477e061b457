package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.run.Runner.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What interrupts and errors of a run leave of its queue.
class RunQueueFaultsTest {

    private final Runner runner = mock(Runner.class);
    private final RunQueue queue = new RunQueue(
            Pipelines.builtIn(), runner, ReceivedRecords.untraced(), mock(TrainingStatus.class), Duration.ofMillis(1));

    @BeforeEach
    void noEarlierRuns() throws IOException {
        when(runner.earlier(any())).thenReturn(Optional.empty());
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aRunThatIsAbandonedInItsFitIsTakenUpAgain() throws Exception {
        CountDownLatch fits = new CountDownLatch(1);
        when(runner.proceed(any()))
                .thenAnswer(call -> {
                    OpenRun run = call.getArgument(0);
                    return run.interruptible(() -> fit(fits));
                })
                .thenReturn(Progress.ENDED);
        OpenRun first = submit("drift");
        assertThat(fits.await(10, TimeUnit.SECONDS)).isTrue();

        queue.abandon(first);
        OpenRun again = submit("drift");

        assertThat(again).isNotSameAs(first);
        assertThat(first.end().get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(again.end().get(10, TimeUnit.SECONDS)).isTrue();
    }

    /// Ends with the flag of its interrupt set, as a fit does.
    private static Progress fit(CountDownLatch fits) throws InterruptedException {
        fits.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
        return Progress.ENDED;
    }

    @Test
    void aWaitingRunOutlivesALakeThatCannotBeListed() throws Exception {
        when(runner.proceed(any()))
                .thenAnswer(call -> {
                    call.getArgument(0, OpenRun.class).record(Examples.started());
                    return Progress.WAITS;
                })
                .thenReturn(Progress.ENDED);
        CountDownLatch looks = new CountDownLatch(2);
        when(runner.ready(any())).thenAnswer(_ -> {
            looks.countDown();
            if (looks.getCount() > 0) {
                throw new UncheckedIOException(new IOException("connection reset"));
            }
            return true;
        });

        OpenRun run = submit("drift");

        assertThat(run.end().get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(looks.getCount()).isZero();
    }

    @Test
    void aCancelledRunWhoseRecordCannotBeWrittenIsClosedLater() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        when(runner.proceed(any()))
                .thenAnswer(call -> {
                    call.getArgument(0, OpenRun.class).record(Examples.started());
                    waits.countDown();
                    return Progress.WAITS;
                })
                .thenReturn(Progress.ENDED);
        doThrow(new IOException("disk full")).when(runner).close(any());
        OpenRun run = submit("drift");
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();

        RunQueue.Selection all = new RunQueue.Selection(null, null, null);
        await().until(() -> cancelled(all));

        assertThat(run.end().get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.cancel(all, "again")).isEmpty();
    }

    /// Whether the record could not be written: the worker itself closes a run that it is looking at.
    private boolean cancelled(RunQueue.Selection all) {
        try {
            return !queue.cancel(all, "a test").isEmpty();
        } catch (IOException e) {
            return e.getMessage().equals("disk full");
        }
    }

    private OpenRun submit(String signal) throws IOException {
        return queue.submit(
                        new ConsumerRecord<>("retrain", 0, 0, "sim", new byte[0]),
                        new RetrainSignal(
                                signal,
                                "sim",
                                RetrainReason.DRIFT,
                                Instant.EPOCH,
                                null,
                                null,
                                null,
                                "a test",
                                Map.of()))
                .orElseThrow();
    }
}
