package io.aerocast.event;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks of the components of events and settings. Each throws an [IllegalArgumentException] that names the
/// component, what is required and what was found. An event that came over the wire may lack any component.
public final class Require {

    private Require() {}

    /// A text that is not blank.
    static void text(String what, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("%s must not be empty".formatted(what));
        }
    }

    /// Any value but null.
    static void present(String what, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("%s is missing".formatted(what));
        }
    }

    /// A finite number.
    static void finite(String what, double value) {
        require(Double.isFinite(value), what, "be finite", value);
    }

    /// A list of finite numbers.
    ///
    /// @return an unmodifiable copy
    static List<Double> finite(String what, int size, @Nullable List<Double> values) {
        if (values == null || values.size() != size) {
            throw new IllegalArgumentException(
                    "%s must be %d numbers, found %s".formatted(what, size, values == null ? "none" : values.size()));
        }
        values.forEach(value -> {
            present(what, value);
            finite(what, value);
        });
        return List.copyOf(values);
    }

    /// An integer with a lower bound, inclusive.
    public static void atLeast(String what, long minimum, long value) {
        require(value >= minimum, what, "be at least " + minimum, value);
    }

    /// A finite number above 0.
    public static void positive(String what, double value) {
        require(value > 0 && Double.isFinite(value), what, "be a finite number above 0", value);
    }

    /// A number within two bounds, inclusive.
    public static void between(String what, double minimum, double maximum, double value) {
        require(value >= minimum && value <= maximum, what, "lie between %s and %s".formatted(minimum, maximum), value);
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

    private static void require(boolean holds, String what, String requirement, Number found) {
        if (!holds) {
            throw new IllegalArgumentException("%s must %s, found %s".formatted(what, requirement, found));
        }
    }
}
