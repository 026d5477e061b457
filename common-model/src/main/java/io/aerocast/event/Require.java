package io.aerocast.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What records demand of their components. A message that came over the wire may lack any of them.
final class Require {

    private Require() {}

    static void text(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("%s must not be empty".formatted(what));
        }
    }

    static void present(@Nullable Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("%s is missing".formatted(what));
        }
    }

    static void finite(double value, String what) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be finite, found %s".formatted(what, value));
        }
    }

    /// An unmodifiable copy in the order of its keys, without keys whose value is null; empty for null.
    static Map<String, Double> sorted(@Nullable Map<String, ? extends @Nullable Double> map) {
        Map<String, Double> copy = new TreeMap<>();
        if (map != null) {
            map.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key, value);
                }
            });
        }
        return Collections.unmodifiableMap(copy);
    }

    static void positive(long value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, found %d".formatted(what, value));
        }
    }
}
