package io.aerocast.trainer.run;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.lake.WindowFile;
import io.aerocast.trainer.record.RunRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A run that has not ended: the signals that it answers, and how far it is.
///
/// Signals of the same pipeline, feature and sort of reason are merged into it until its data are there, so that a
/// flood of signals is a bounded number of runs. Safe for use by several threads; one at a time executes it.
public final class OpenRun {

    /// Number of merged signals whose ids are kept. The run answers the further ones as well, but after a crash
    /// in the moment of its end they would be answered again.
    static final int MOST_MERGED = 10_000;

    private final RetrainSignal signal;
    private final Set<String> merged = new LinkedHashSet<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private @Nullable Instant changedSince;
    private boolean changeUnknown;
    private boolean frozen;
    private boolean cancelled;
    private boolean abandoned;
    private String cancelNote = "";
    private @Nullable Thread worker;
    private volatile @Nullable RunRecord record;
    private volatile @Nullable Wait wait;

    /// @param signal the first of the signals that it answers
    OpenRun(RetrainSignal signal) {
        this.signal = signal;
        this.changedSince = signal.changedSince();
        this.changeUnknown = signal.changedSince() == null;
    }

    /// A run that an earlier process has begun.
    OpenRun(RunRecord begun) {
        this(begun.signal());
        this.merged.addAll(begun.merged());
        this.changedSince = begun.changedSince();
        this.changeUnknown = begun.changedSince() == null;
        this.frozen = !begun.outcomes().isEmpty();
    }

    /// A wait for data.
    ///
    /// @param since wall-clock time at which the run began
    /// @param arrivedAt wall-clock time at which data last arrived
    /// @param files the landed files at the last look
    /// @param recent grid times with samples that have landed since the change
    /// @param needed required number of them
    record Wait(Instant since, Instant arrivedAt, List<WindowFile> files, int recent, int needed) {

        Wait {
            files = List.copyOf(files);
        }
    }

    /// A step that may be cut short.
    @FunctionalInterface
    interface Step<T> {

        T run() throws IOException, InterruptedException;
    }

    /// The id of its record.
    public String id() {
        return RunRecord.idOf(signal.id());
    }

    /// The first of the signals that it answers.
    RetrainSignal signal() {
        return signal;
    }

    /// Completes with true once its signals are answered, with false if it was interrupted and will be taken up
    /// again.
    public Future<Boolean> end() {
        return end;
    }

    void end(boolean answered) {
        end.complete(answered);
    }

    /// Takes a further signal, unless it is of another sort or the data of this run are collected already.
    ///
    /// @return whether this run answers it
    synchronized boolean merge(RetrainSignal other) {
        if (frozen || cancelled || abandoned || !sameSort(other)) {
            return false;
        }
        if (merged.size() < MOST_MERGED) {
            merged.add(other.id());
        }
        changeUnknown |= other.changedSince() == null;
        changedSince = earlier(changedSince, other.changedSince());
        return true;
    }

    private boolean sameSort(RetrainSignal other) {
        return signal.pipeline().equals(other.pipeline())
                && Objects.equals(signal.feature(), other.feature())
                && (signal.reason() == other.reason() || heals(signal.reason()) && heals(other.reason()));
    }

    /// Whether a reason is a change of the data or of the errors, for whose data a run waits.
    static boolean heals(RetrainReason reason) {
        return switch (reason) {
            case DRIFT, DEGRADED -> true;
            case SCHEDULE, MANUAL -> false;
        };
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    /// Since when the data have changed: the earliest change of all signals. Data since then are not calm, and
    /// later signals cannot prolong the wait. `null` where a signal does not know it: then all data are recent.
    synchronized @Nullable Instant changedSince() {
        return changeUnknown ? null : changedSince;
    }

    /// Takes no further signals from now on.
    ///
    /// @param change the change for which the data were collected
    /// @return false if another signal has moved it meanwhile
    synchronized boolean freeze(@Nullable Instant change) {
        frozen = frozen || Objects.equals(change, changedSince());
        return frozen;
    }

    /// Whether a signal is one of those that it answers.
    synchronized boolean answers(RetrainSignal other) {
        return !abandoned && (signal.id().equals(other.id()) || merged.contains(other.id()));
    }

    /// Number of signals that it answers, as far as their ids are kept.
    synchronized int signals() {
        return 1 + merged.size();
    }

    /// The ids of the signals that were merged into it.
    synchronized List<String> merged() {
        return List.copyOf(merged);
    }

    /// Requests the end. A fit in progress is cut short; a publication in progress is completed.
    synchronized void cancel(String note) {
        cancelled = true;
        cancelNote = note;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /// Ends its execution here without an answer: another process takes it up.
    synchronized void abandon() {
        abandoned = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    synchronized boolean abandoned() {
        return abandoned;
    }

    synchronized String cancelNote() {
        return cancelNote;
    }

    /// Runs a step that [#cancel] and [#abandon] interrupt.
    ///
    /// @throws CancellationException if it is cancelled or abandoned
    <T> T interruptible(Step<T> step) throws IOException, InterruptedException {
        synchronized (this) {
            requireWanted();
            worker = Thread.currentThread();
        }
        try {
            return step.run();
        } finally {
            synchronized (this) {
                worker = null;
            }
        }
    }

    /// @throws CancellationException if it is cancelled or abandoned
    synchronized void requireWanted() {
        if (cancelled || abandoned) {
            throw new CancellationException("run %s is cancelled".formatted(id()));
        }
    }

    /// Its record as it is on the disk; empty before it was begun by this process.
    Optional<RunRecord> record() {
        return Optional.ofNullable(record);
    }

    void record(RunRecord onDisk) {
        record = onDisk;
    }

    /// The wait at its last look at the data.
    Optional<Wait> waiting() {
        return Optional.ofNullable(wait);
    }

    void waits(Wait now) {
        wait = now;
    }
}
