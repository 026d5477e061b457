package io.aerocast.training;

/// Range checks of settings. Each throws an [IllegalArgumentException] that names the setting, the range and the value.
public final class Require {

    private Require() {}

    /// An integer with a lower bound, inclusive.
    public static void atLeast(String setting, int minimum, int value) {
        require(value >= minimum, setting, "at least " + minimum, value);
    }

    /// A finite number above 0.
    public static void positive(String setting, double value) {
        require(value > 0 && Double.isFinite(value), setting, "a finite number above 0", value);
    }

    /// A number within two bounds, inclusive.
    public static void between(String setting, double minimum, double maximum, double value) {
        require(value >= minimum && value <= maximum, setting, minimum + " to " + maximum, value);
    }

    private static void require(boolean holds, String setting, String expected, Number found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: expected %s, found %s".formatted(setting, expected, found));
        }
    }
}
