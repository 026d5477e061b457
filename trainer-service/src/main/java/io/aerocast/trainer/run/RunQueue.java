package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.run.Runner.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open runs, one line for each pipeline:
///
/// ```
///  signal ─┬─► answered before
///          ├─► merged into an open run that has not collected its data
///          └─► ready ─► executing ─┬─► ended
///                ▲                 └─► waits for data ─┐
///                └───────────── data have landed ──────┘
/// ```
///
/// One run of a line executes at a time, in the order of their signals. A run that waits for data is set aside,
/// so that it delays no other one. The number of open runs is bounded, whatever the number of signals: there is
/// at most one that executes for each pipeline, and one that has not collected its data for each pipeline,
/// feature and sort of reason.
public final class RunQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunQueue.class);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final String UNKNOWN = "unknown";

    private final Pipelines pipelines;
    private final Runner runner;
    private final ReceivedRecords records;
    private final TrainingStatus status;
    private final Duration pollInterval;
    private final Map<String, Line> lines = new HashMap<>();
    private boolean closed;

    /// @param pollInterval pause between two looks at the data of a run that waits
    RunQueue(
            Pipelines pipelines, Runner runner, ReceivedRecords records, TrainingStatus status, Duration pollInterval) {
        this.pipelines = pipelines;
        this.runner = runner;
        this.records = records;
        this.status = status;
        this.pollInterval = pollInterval;
    }

    /// A run and the record whose trace it continues.
    private record Entry(OpenRun run, ConsumerRecord<String, byte[]> received) {}

    /// The open runs of one pipeline. All fields are guarded by the queue.
    private final class Line {

        private final Map<String, Entry> open = new LinkedHashMap<>();
        private final Deque<Entry> ready = new ArrayDeque<>();
        private final Deque<Entry> waiting = new ArrayDeque<>();
        private @Nullable OpenRun executing;
        private final Thread thread;

        private Line(String name) {
            thread = Thread.ofPlatform().name("train-" + name).daemon().unstarted(() -> work(this));
        }

        private void forget(Entry entry) {
            open.remove(entry.run().id(), entry);
            ready.remove(entry);
            waiting.remove(entry);
        }
    }

    /// The runs that a request has cancelled.
    ///
    /// @param run id of the run
    /// @param feature the feature that it trains, or `null` for all targets
    /// @param signals ids of the signals that it answers
    public record Cancelled(
            String run, String pipeline, @Nullable String feature, List<String> signals) {}

    /// Answers a signal when its turn comes, within the trace of the record that brought it.
    ///
    /// @return the run that answers it; empty if it was answered before
    /// @throws IOException if the record of its run cannot be read
    public synchronized Optional<OpenRun> submit(ConsumerRecord<String, byte[]> received, RetrainSignal signal)
            throws IOException {
        Line line = line(signal.pipeline());
        Optional<OpenRun> open = line.open.values().stream()
                .map(Entry::run)
                .filter(run -> run.answers(signal))
                .findFirst();
        return open.isPresent() ? open : submit(line, received, signal);
    }

    private Optional<OpenRun> submit(Line line, ConsumerRecord<String, byte[]> received, RetrainSignal signal)
            throws IOException {
        Optional<RunRecord> earlier = runner.earlier(signal);
        if (earlier.isPresent() && earlier.get().closed()) {
            log.atDebug().addKeyValue("signal", signal.id()).log("signal was answered before");
            return Optional.empty();
        }
        return Optional.of(earlier.isEmpty() ? merged(line, received, signal) : open(line, received, earlier.get()));
    }

    private OpenRun merged(Line line, ConsumerRecord<String, byte[]> received, RetrainSignal signal) {
        for (Entry entry : line.open.values()) {
            if (entry.run().merge(signal)) {
                log.atDebug()
                        .addKeyValue("signal", signal.id())
                        .addKeyValue("run", entry.run().id())
                        .log("signal merged into an open run");
                status.merged(entry.run());
                return entry.run();
            }
        }
        return enqueue(line, new Entry(new OpenRun(signal), received));
    }

    private OpenRun open(Line line, ConsumerRecord<String, byte[]> received, RunRecord begun) {
        return enqueue(line, new Entry(new OpenRun(begun), received));
    }

    private OpenRun enqueue(Line line, Entry entry) {
        line.open.put(entry.run().id(), entry);
        line.ready.add(entry);
        status.queued(entry.run());
        notifyAll();
        return entry.run();
    }

    private Line line(String pipeline) {
        String name = pipelines.find(pipeline).map(Pipeline::name).orElse(UNKNOWN);
        return lines.computeIfAbsent(name, _ -> {
            Line line = new Line(name);
            line.thread.start();
            return line;
        });
    }

    /// Ends a run that another process takes up.
    public synchronized void abandon(OpenRun run) {
        run.abandon();
        for (Line line : lines.values()) {
            Entry entry = line.open.get(run.id());
            if (entry != null && line.executing != run) {
                line.forget(entry);
                status.idle(run.id());
            }
        }
        run.end(false);
    }

    /// Cancels open runs. A run that executes is cancelled at its next step: a fit is cut short, a publication
    /// is not.
    ///
    /// @param wanted which ones, by run id, pipeline or feature
    /// @param note the reason, for a person
    /// @return those that are cancelled
    /// @throws IOException if a record cannot be written
    public List<Cancelled> cancel(Selection wanted, String note) throws IOException {
        List<Cancelled> cancelled = new ArrayList<>();
        @Nullable IOException failure = null;
        for (Entry entry : takeCancelled(wanted, note, cancelled)) {
            try {
                runner.close(entry.run());
                forget(entry);
                entry.run().end(true);
            } catch (IOException e) {
                putBack(entry);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return cancelled;
    }

    /// A cancelled run whose record could not be written is closed by the worker of its line.
    private synchronized void putBack(Entry entry) {
        lines.values().stream()
                .filter(line -> line.open.containsKey(entry.run().id()))
                .forEach(line -> line.ready.addFirst(entry));
        notifyAll();
    }

    /// Which runs a request means; a `null` matches every run.
    public record Selection(
            @Nullable String run,
            @Nullable String pipeline,
            @Nullable String feature) {

        boolean matches(OpenRun open) {
            return (run == null || run.equals(open.id()))
                    && (pipeline == null || pipeline.equals(open.signal().pipeline()))
                    && (feature == null || feature.equals(open.signal().feature()));
        }
    }

    /// @return those that do not execute, which the caller closes; they stay open until then
    private synchronized List<Entry> takeCancelled(Selection wanted, String note, List<Cancelled> cancelled) {
        List<Entry> idle = new ArrayList<>();
        for (Line line : lines.values()) {
            for (Entry entry : line.open.values()) {
                OpenRun run = entry.run();
                if (wanted.matches(run) && !run.cancelled()) {
                    run.cancel(note);
                    cancelled.add(cancelled(run));
                    if (line.executing != run) {
                        line.ready.remove(entry);
                        line.waiting.remove(entry);
                        idle.add(entry);
                    }
                }
            }
        }
        return idle;
    }

    private static Cancelled cancelled(OpenRun run) {
        List<String> signals = new ArrayList<>(List.of(run.signal().id()));
        signals.addAll(run.merged());
        return new Cancelled(run.id(), run.signal().pipeline(), run.signal().feature(), signals);
    }

    /// The state of a run that is not open, if there is such a run.
    ///
    /// @throws IOException if its record cannot be read
    Optional<RunRecord> closed(String run) throws IOException {
        return runner.record(run);
    }

    private synchronized void forget(Entry entry) {
        lines.values().forEach(line -> line.forget(entry));
    }

    private void work(Line line) {
        while (!stopped()) {
            try {
                Entry entry = next(line);
                if (entry != null) {
                    handle(line, entry);
                }
            } catch (InterruptedException _) {
                log.atDebug().addKeyValue("closed", stopped()).log("worker interrupted");
            }
        }
    }

    private synchronized boolean stopped() {
        return closed;
    }

    private void handle(Line line, Entry entry) {
        boolean waits = false;
        boolean answered = false;
        try {
            Progress progress = traced(entry);
            waits = progress == Progress.WAITS;
            answered = true;
        } catch (InterruptedException _) {
            log.atInfo().addKeyValue("run", entry.run().id()).log("run interrupted, it will be resumed");
        } catch (IOException | RuntimeException e) {
            // The record cannot be written: an immediate retry would be an endless loop.
            log.atError().addKeyValue("run", entry.run().id()).setCause(e).log("signal given up");
            answered = true;
        }
        after(line, entry, waits);
        if (!waits) {
            entry.run().end(answered);
        }
    }

    private synchronized void after(Line line, Entry entry, boolean waits) {
        if (!closed) {
            Thread.interrupted(); // the interrupt of this run must not reach the next one
        }
        line.executing = null;
        if (waits && entry.run().cancelled()) {
            line.ready.addFirst(entry); // cancelled between its look and now
        } else if (waits && !entry.run().abandoned()) {
            line.waiting.addLast(entry);
        } else {
            line.forget(entry);
            status.idle(entry.run().id());
        }
    }

    /// A look at the data is traced once; repeated ones would be traces of nothing.
    private Progress traced(Entry entry) throws IOException, InterruptedException {
        if (entry.run().record().isPresent() && !ready(entry.run())) {
            return Progress.WAITS;
        }
        Attempt attempt = records.handle(entry.received(), "trainer", (Supplier<Attempt>) () -> attempt(entry.run()));
        return attempt.progress();
    }

    /// A lake that cannot be listed is looked at again after a pause.
    private boolean ready(OpenRun run) {
        try {
            return run.cancelled() || runner.ready(run);
        } catch (UncheckedIOException e) {
            log.atWarn()
                    .addKeyValue("run", run.id())
                    .addKeyValue("cause", e.toString())
                    .log("data cannot be listed, the run goes on waiting");
            return false;
        }
    }

    private Attempt attempt(OpenRun run) {
        try {
            return new Attempt(runner.proceed(run), null);
        } catch (IOException | InterruptedException e) {
            return new Attempt(null, e);
        }
    }

    /// The result of a step across the trace, which takes no checked exceptions.
    private record Attempt(
            @Nullable Progress ended, @Nullable Exception failure) {

        private Progress progress() throws IOException, InterruptedException {
            switch (failure) {
                case null -> {
                    return Objects.requireNonNull(ended);
                }
                case IOException e -> throw e;
                case InterruptedException e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }

    /// The next run to execute: the oldest that is ready, or after a pause the one whose last look is the
    /// longest ago.
    ///
    /// @return `null` once the queue is closed
    private synchronized @Nullable Entry next(Line line) throws InterruptedException {
        while (!closed && line.ready.isEmpty()) {
            wait(pollInterval.toMillis());
            if (line.ready.isEmpty()) {
                line.ready.addAll(line.waiting);
                line.waiting.clear();
            }
        }
        Entry entry = closed ? null : line.ready.poll();
        line.executing = entry == null ? null : entry.run();
        return entry;
    }

    /// Interrupts the runs in progress.
    @Override
    public void close() {
        List<Thread> threads = stop();
        long end = System.nanoTime() + STOP.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    log.atWarn().log("a run does not stop, it is abandoned");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Thread> stop() {
        closed = true;
        notifyAll();
        List<Thread> threads = lines.values().stream().map(line -> line.thread).toList();
        threads.forEach(Thread::interrupt);
        return threads;
    }
}
