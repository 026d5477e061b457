package io.aerocast.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A daemon thread that runs one body until the body returns or is stopped:
///
/// ```
///  new ──start──► running ──────────── body returns ───────────────────────────► ended
///   │                └──stop──► stopping ── body returns within the grace ────────┤
///   │                               └────── grace exceeded: interrupt, grace ─────┤
///   └────────────────────────────── stop ─────────────────────────────────────────┘
/// ```
///
/// A body that throws ends too: the failure is logged as an error, which `logback_events_total` counts.
///
/// It runs at most once: a second start has no effect, nor has a start after a stop. A stop ends the body's
/// [pauses][#pause(Duration)]; the factory methods differ in the signal that the body receives in addition.
public final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final Duration grace;
    private final Consumer<Thread> wakeUp;
    private final Body body;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Throwable failure;

    /// The work of a worker. An [InterruptedException] ends it regularly.
    @FunctionalInterface
    public interface Body {

        /// Works until the end or until [Worker#stopping()].
        void run() throws InterruptedException;
    }

    private Worker(String name, Duration grace, Consumer<Thread> wakeUp, Body body) {
        this.name = name;
        this.grace = grace;
        this.wakeUp = wakeUp;
        this.body = body;
    }

    /// A worker whose body is interrupted as soon as it is stopped.
    ///
    /// @param name of the thread
    /// @param grace how long a stop waits for the body, at most twice
    public static Worker interruptible(String name, Duration grace, Body body) {
        return new Worker(name, grace, Thread::interrupt, body);
    }

    /// A worker whose body ends its work by itself once it is stopped, and is interrupted only after the grace.
    ///
    /// @param name of the thread
    /// @param grace how long a stop waits for the body, at most twice
    public static Worker patient(String name, Duration grace, Body body) {
        return new Worker(name, grace, _ -> {}, body);
    }

    /// A worker whose body blocks in a call that the hook ends, and is interrupted only after the grace.
    ///
    /// @param name of the thread
    /// @param grace how long a stop waits for the body, at most twice
    /// @param wakeUp called by the thread that stops the worker
    public static Worker waking(String name, Duration grace, Runnable wakeUp, Body body) {
        return new Worker(name, grace, _ -> wakeUp.run(), body);
    }

    /// Starts the thread, unless it was started or stopped before.
    public synchronized void start() {
        if (!started() && !stopping()) {
            thread = Thread.ofPlatform().name(name).daemon().start(this::run);
        }
    }

    /// Requests the end without a wake-up and without waiting: pauses end, and [#stopping()] is true.
    public synchronized void requestStop() {
        stop.countDown();
    }

    /// Requests the end, wakes the body up, and waits for its end; interrupts it after the grace. If the caller is
    /// interrupted while it waits, it passes the interrupt on to the body and stays interrupted.
    public void stop() {
        requestStop();
        Thread running = thread;
        if (running != null) {
            wakeUp.accept(running);
            awaitEnd(running);
        }
    }

    private void awaitEnd(Thread running) {
        try {
            if (!running.join(grace)) {
                running.interrupt();
                if (!running.join(grace)) {
                    log.atWarn().addKeyValue("thread", name).log("thread does not stop and is abandoned");
                }
            }
        } catch (InterruptedException _) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the thread was ever started.
    public boolean started() {
        return thread != null;
    }

    /// Whether the body runs.
    public boolean running() {
        Thread current = thread;
        return current != null && current.isAlive();
    }

    /// The failure that ended the body, if one did.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /// Whether a stop was requested.
    public boolean stopping() {
        return stop.getCount() == 0;
    }

    /// Waits. To be called by the body.
    ///
    /// @throws InterruptedException as soon as a stop is requested
    public void pause(Duration pause) throws InterruptedException {
        if (stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("Worker %s is stopped".formatted(name));
        }
    }

    private void run() {
        try {
            body.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            log.atError().addKeyValue("thread", name).setCause(e).log("thread failed and has ended");
        }
    }
}
