package io.aerocast.standalone.driftbench;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// A change of the readings of a station from a given slot on.
@FunctionalInterface
interface Disturbance {

    /// Changes the rows in place.
    ///
    /// @param rows shape [slots][features], in the features' units; `NaN` where a reading is missing
    /// @param start the first slot that is changed
    void apply(double[][] rows, int start, RandomGenerator random);

    /// One feature as a function of its reading and of the slots since the start.
    static Disturbance each(int feature, Change change) {
        return (rows, start, random) -> {
            for (int slot = start; slot < rows.length; slot++) {
                rows[slot][feature] = change.of(rows[slot][feature], slot - start, random);
            }
        };
    }

    /// A reading after the change.
    @FunctionalInterface
    interface Change {
        double of(double reading, int elapsed, RandomGenerator random);
    }

    /// A constant that grows to its size over some slots and stays.
    static Disturbance ramp(int feature, double size, int slots) {
        return each(feature, (x, elapsed, _) -> x + size * Math.min(1, (elapsed + 1.0) / slots));
    }

    static Disturbance offset(int feature, double size) {
        return ramp(feature, size, 1);
    }

    /// @param perSlot growth in one slot, without an end
    static Disturbance trend(int feature, double perSlot) {
        return each(feature, (x, elapsed, _) -> x + perSlot * (elapsed + 1));
    }

    static Disturbance noise(int feature, double deviation) {
        return each(feature, (x, _, random) -> x + deviation * random.nextGaussian());
    }

    /// @param rate probability of a spike in one slot
    static Disturbance spikes(int feature, double size, double rate) {
        return each(
                feature, (x, _, random) -> random.nextDouble() < rate ? x + (random.nextBoolean() ? size : -size) : x);
    }

    static Disturbance mapped(int feature, DoubleUnaryOperator conversion) {
        return each(feature, (x, _, _) -> conversion.applyAsDouble(x));
    }

    /// The last reading before the start is repeated, gaps included.
    static Disturbance stuck(int feature, int slots) {
        return (rows, start, _) -> {
            double held = Double.NaN;
            for (int before = start - 1; Double.isNaN(held) && before >= 0; before--) {
                held = rows[before][feature];
            }
            for (int slot = start; slot < Math.min(rows.length, start + slots); slot++) {
                rows[slot][feature] = held;
            }
        };
    }

    /// Every feature is stamped later than it was observed.
    static Disturbance late(int slots) {
        return (rows, start, _) -> {
            for (int slot = rows.length - 1; slot >= start; slot--) {
                rows[slot] = rows[slot - slots].clone();
            }
        };
    }

    /// Readings are lost at random.
    ///
    /// @param rate probability that a slot is lost
    static Disturbance dropout(double rate) {
        return (rows, start, random) -> {
            for (int slot = start; slot < rows.length; slot++) {
                if (random.nextDouble() < rate) {
                    java.util.Arrays.fill(rows[slot], Double.NaN);
                }
            }
        };
    }
}
