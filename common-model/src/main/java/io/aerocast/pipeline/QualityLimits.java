package io.aerocast.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What genuine readings of a feature do not do. Each is optional; what is not given is not checked.
///
/// @param spike how far at most one or two readings stand out from both of their neighbours, in the feature's unit
/// @param step how much a reading differs from the one before at most without being worth a mention, in the feature's
///     unit; genuine fronts exceed it
/// @param stuck how long equal readings follow each other at most
public record QualityLimits(
        @Nullable Double spike,
        @Nullable Double step,
        @Nullable Duration stuck) {

    /// Nothing is checked.
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
