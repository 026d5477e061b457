package io.aerocast.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Limits beyond which readings of a feature are suspect. Each is optional; a missing limit is not checked.
///
/// @param spike largest distance of one or two readings from both of their neighbours, in the feature's unit
/// @param step largest difference between a reading and the one before it that is not reported, in the feature's
///     unit; genuine fronts exceed it
/// @param stuck longest run of equal readings
public record QualityLimits(
        @Nullable Double spike,
        @Nullable Double step,
        @Nullable Duration stuck) {

    /// No limits.
    public static final QualityLimits NONE = new QualityLimits(null, null, null);

    public QualityLimits {
        requirePositive("spike", spike);
        requirePositive("step", step);
        if (stuck != null && !stuck.isPositive()) {
            throw new IllegalArgumentException("The quality limit 'stuck' must be positive, found %s".formatted(stuck));
        }
    }

    private static void requirePositive(String name, @Nullable Double limit) {
        if (limit != null && !(limit > 0)) {
            throw new IllegalArgumentException(
                    "The quality limit '%s' must be positive, found %s".formatted(name, limit));
        }
    }
}
