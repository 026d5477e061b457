package io.aerocast.api.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The newest events of this replica, numbered from 1. Every reader has its own position, and none delays another:
/// events are forgotten beyond a number, whether or not a slow reader has read them. Safe for use by several threads.
final class EventFeed {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final @Nullable FeedEvent[] ring;
    private long newest;
    private boolean closed;

    /// @param kept number of events to keep
    EventFeed(int kept) {
        this.ring = new FeedEvent[kept];
    }

    /// Events after a position.
    ///
    /// @param events in their order; the last one has the number `last`
    record Batch(List<FeedEvent> events, long last) {

        long numberOf(int index) {
            return last - events.size() + 1 + index;
        }
    }

    void publish(FeedEvent event) {
        lock.lock();
        try {
            newest++;
            ring[slot(newest)] = event;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The number of the newest event; 0 before the first one.
    long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /// Whether all events after a position are known.
    boolean follows(long position) {
        lock.lock();
        try {
            return position >= Math.max(0, newest - ring.length) && position <= newest;
        } finally {
            lock.unlock();
        }
    }

    /// The events after a position, as soon as there are any.
    ///
    /// @param most time to wait
    /// @return no events if there were none in time; empty if some have been forgotten, or once the feed is closed
    Optional<Batch> after(long position, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (!closed && newest == position && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed || newest - position > ring.length ? Optional.empty() : Optional.of(copy(position));
        } finally {
            lock.unlock();
        }
    }

    private Batch copy(long position) {
        List<FeedEvent> events = new ArrayList<>();
        for (long number = position + 1; number <= newest; number++) {
            FeedEvent event = ring[slot(number)];
            if (event != null) {
                events.add(event);
            }
        }
        return new Batch(events, newest);
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /// Ends the wait of every reader.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
