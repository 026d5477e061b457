package io.aerocast.trainer.signal;

import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.trainer.run.Runner;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals in the order of their arrival, one queue for each pipeline: a run that waits for days for the data of
/// one pipeline does not delay another one.
final class RunQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunQueue.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Pipelines pipelines;
    private final Runner runner;
    private final ReceivedRecords records;
    private final Map<String, ExecutorService> lines = new ConcurrentHashMap<>();

    RunQueue(Pipelines pipelines, Runner runner, ReceivedRecords records) {
        this.pipelines = pipelines;
        this.runner = runner;
        this.records = records;
    }

    /// Answers a signal when its turn comes, within the trace of the record that brought it.
    ///
    /// @return whether it is answered; false, or cancelled, if its run was interrupted
    Future<Boolean> submit(ConsumerRecord<String, byte[]> received, RetrainSignal signal) {
        String line = pipelines.find(signal.pipeline()).map(Pipeline::name).orElse("unknown");
        return lines.computeIfAbsent(line, RunQueue::line)
                .submit(() -> records.handle(received, "trainer", () -> answer(signal)));
    }

    private static ExecutorService line(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("train-" + name).daemon().factory());
    }

    private boolean answer(RetrainSignal signal) {
        try {
            runner.answer(signal);
            return true;
        } catch (InterruptedException _) {
            log.atInfo().addKeyValue("signal", signal.id()).log("run interrupted, it will be resumed");
            return false;
        } catch (IOException | RuntimeException e) {
            // The record cannot be written: an immediate retry would be an endless loop.
            log.atError().addKeyValue("signal", signal.id()).setCause(e).log("signal given up");
            return true;
        }
    }

    /// Interrupts the runs in progress.
    @Override
    public void close() {
        lines.values().forEach(ExecutorService::shutdownNow);
        long end = System.nanoTime() + STOP.toNanos();
        try {
            for (ExecutorService line : lines.values()) {
                if (!line.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    log.atWarn().log("a run does not stop, it is abandoned");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
