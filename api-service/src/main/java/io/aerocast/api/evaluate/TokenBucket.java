package io.aerocast.api.evaluate;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Limits a rate: each request takes a token, and tokens return at the rate, up to a number. Safe for use by
/// several threads.
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double rate;
    private final int burst;
    private final LongSupplier clock;
    private double tokens;
    private long last;

    /// @param rate tokens per second
    /// @param burst largest number of tokens, with which it starts
    /// @param clock gives nanoseconds, as [System#nanoTime]
    TokenBucket(double rate, int burst, LongSupplier clock) {
        this.rate = rate;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.last = clock.getAsLong();
    }

    /// Takes a token.
    ///
    /// @return zero if there was one, else the time after which there is one
    synchronized Duration take() {
        long now = clock.getAsLong();
        tokens = Math.min(burst, tokens + (now - last) / NANOS * rate);
        last = now;
        if (tokens < 1) {
            return Duration.ofNanos((long) Math.ceil((1 - tokens) / rate * NANOS));
        }
        tokens--;
        return Duration.ZERO;
    }
}
