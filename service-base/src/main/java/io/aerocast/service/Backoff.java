package io.aerocast.service;

import java.time.Duration;

/// Exponential back-off: each pause is twice as long as the previous one, up to a limit. Used by one thread.
public final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private Duration next;

    /// @param shortest the first pause, above 0
    /// @param longest the upper limit of all pauses but the first
    public Backoff(Duration shortest, Duration longest) {
        if (!shortest.isPositive()) {
            throw new IllegalArgumentException("Expected a shortest pause above 0, found " + shortest);
        }
        this.shortest = shortest;
        this.longest = longest;
        this.next = shortest;
    }

    /// The pause before the next attempt.
    public Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }

    /// Records a successful attempt: the next pause is the shortest one again.
    public void reset() {
        next = shortest;
    }
}
