package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.source.SourceStatus.State;
import io.aerocast.service.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the entries of one source at its pace, in their order. At most `maxInFlight` of them are unacknowledged:
/// the source waits for a slow broker. The position is written only for acknowledged entries, so that a restart
/// loses none: it sends again the entries that were in flight.
final class PositionedRun {

    private static final Logger log = LoggerFactory.getLogger(PositionedRun.class);
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration REPORT_AFTER = Duration.ofSeconds(10);
    private static final Duration FLUSH = Duration.ofMillis(500);

    private final PositionedSource source;
    private final PositionFile positions;
    private final int maxInFlight;
    private final ObservationPublisher publisher;
    private final Worker worker;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private volatile SourceStatus status;

    /// @param position of the source after this entry
    private record InFlight(Received entry, long position, CompletableFuture<?> acknowledged) {}

    PositionedRun(PositionedSource source, PositionFile positions, int maxInFlight, ObservationPublisher publisher) {
        this.source = source;
        this.positions = positions;
        this.maxInFlight = maxInFlight;
        this.publisher = publisher;
        this.worker = Worker.patient(source.identity(), FLUSH.multipliedBy(2), this::run);
        this.status = new SourceStatus(source.kind(), State.WAITING, 0, null);
    }

    SourceStatus status() {
        return status;
    }

    Worker worker() {
        return worker;
    }

    private void run() {
        try {
            long position = positions.read();
            state(State.RUNNING, position, null);
            log.atInfo()
                    .addKeyValue("source", source.identity())
                    .addKeyValue("position", position)
                    .log("source started");
            try (PositionedSource.Reading reading = source.open(position)) {
                send(reading);
            }
        } catch (InterruptedException _) {
            settleBeforeEnd();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            state(State.FAILED, status.position(), e.toString());
            log.atError().addKeyValue("source", source.identity()).setCause(e).log("source failed");
        }
    }

    private void send(PositionedSource.Reading reading) throws IOException, InterruptedException {
        long due = System.nanoTime();
        Optional<Received> entry = reading.next();
        while (entry.isPresent()) {
            settleUntil(due);
            while (inFlight.size() >= maxInFlight) {
                settleFirst();
            }
            inFlight.add(publish(entry.get(), reading.position()));
            // After a delay the source continues at its pace: it does not catch up.
            due = Math.max(due + source.interval().toNanos(), System.nanoTime());
            entry = reading.next();
        }
        while (!inFlight.isEmpty()) {
            settleFirst();
        }
        state(State.FINISHED, status.position(), null);
        log.atInfo()
                .addKeyValue("source", source.identity())
                .addKeyValue("position", status.position())
                .log("source finished");
    }

    private InFlight publish(Received entry, long position) {
        return new InFlight(entry, position, publisher.publish(source.kind(), entry));
    }

    /// Handles acknowledgements until the next entry is due.
    private void settleUntil(long due) throws IOException, InterruptedException {
        settleAcknowledged();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            InFlight first = inFlight.peek();
            Duration wait = Duration.ofNanos(Math.min(left, SLICE.toNanos()));
            if (first == null) {
                worker.pause(wait);
            } else if (settled(first.acknowledged(), wait)) {
                settleAcknowledged();
            }
        }
        endIfStopping();
    }

    /// Waits without a limit for the first entry in flight.
    private void settleFirst() throws IOException, InterruptedException {
        long since = System.nanoTime();
        boolean reported = false;
        while (!settled(inFlight.element().acknowledged(), SLICE)) {
            if (!reported && System.nanoTime() - since > REPORT_AFTER.toNanos()) {
                reported = true;
                state(State.RUNNING, status.position(), "the broker does not acknowledge");
                log.atWarn()
                        .addKeyValue("source", source.identity())
                        .addKeyValue("position", status.position())
                        .log("waiting for the broker to acknowledge");
            }
        }
        settleAcknowledged();
        if (reported) {
            log.atInfo().addKeyValue("source", source.identity()).log("the broker acknowledges again");
        }
    }

    /// Writes the position after the entries that are acknowledged without a gap, and sends a failed one again.
    private void settleAcknowledged() throws IOException, InterruptedException {
        long position = -1;
        while (!inFlight.isEmpty() && inFlight.element().acknowledged().isDone()) {
            InFlight first = inFlight.remove();
            if (first.acknowledged().isCompletedExceptionally()) {
                // The publisher has logged the cause.
                inFlight.addFirst(first);
                write(position);
                worker.pause(RETRY_PAUSE);
                inFlight.removeFirst();
                inFlight.addFirst(publish(first.entry(), first.position()));
                return;
            }
            position = first.position();
        }
        write(position);
    }

    private void write(long position) throws IOException {
        if (position >= 0) {
            positions.write(position);
            state(State.RUNNING, position, null);
        }
    }

    /// Waits for outstanding acknowledgements, at most [#FLUSH]. The next start sends unacknowledged entries again.
    private void settleBeforeEnd() {
        Thread.interrupted(); // the stop is handled here; a pending interrupt would abort the write of the position
        long position = -1;
        long deadline = System.nanoTime() + FLUSH.toNanos();
        try {
            while (!inFlight.isEmpty()) {
                inFlight.element().acknowledged().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                position = inFlight.remove().position();
            }
        } catch (InterruptedException | ExecutionException | TimeoutException _) {
            // Not acknowledged: the position remains before this entry.
        }
        try {
            write(position);
        } catch (IOException e) {
            log.atError().addKeyValue("source", source.identity()).setCause(e).log("position not written");
        }
    }

    private boolean settled(CompletableFuture<?> acknowledged, Duration wait) throws InterruptedException {
        endIfStopping();
        try {
            acknowledged.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException _) {
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    private void endIfStopping() throws InterruptedException {
        if (worker.stopping()) {
            throw new InterruptedException();
        }
    }

    private void state(State state, long position, @Nullable String problem) {
        status = new SourceStatus(source.kind(), state, position, problem);
    }
}
