package io.aerocast.pipeline;

import java.time.Duration;

/// A cycle of the target: the day, the year.
///
/// @param period the length of one cycle
/// @param harmonics how many sine and cosine pairs describe its shape
public record Season(Duration period, int harmonics) {

    public Season {
        if (period.toMillis() < 1) {
            throw new IllegalArgumentException("A season's period must be at least 1 ms, found %s".formatted(period));
        }
        if (harmonics < 1) {
            throw new IllegalArgumentException(
                    "A season of period %s needs at least one harmonic, found %d".formatted(period, harmonics));
        }
    }
}
