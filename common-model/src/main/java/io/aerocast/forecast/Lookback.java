package io.aerocast.forecast;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The recent past of one station, the input of a model.
///
/// @param rows shape [lookback][features], oldest first, in the features' units; `NaN` where a reading is missing
/// @param origin grid time of the last row, or `null` if the times are unknown
public record Lookback(double[][] rows, @Nullable Instant origin) {

    public Lookback {
        if (rows.length == 0) {
            throw new IllegalArgumentException("A lookback needs at least one row");
        }
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException("A lookback's rows must be equally long, found %d and %d"
                        .formatted(rows[0].length, row.length));
            }
        }
    }

    /// Number of steps.
    public int steps() {
        return rows.length;
    }

    /// Number of features.
    public int features() {
        return rows[0].length;
    }

    /// Whether it is dense enough to forecast from: the target's latest reading is present, and so are at least
    /// three quarters of the target's readings.
    public boolean usable() {
        long present = Arrays.stream(rows).filter(row -> !Double.isNaN(row[0])).count();
        return 4 * present >= 3L * rows.length && !Double.isNaN(persistence());
    }

    /// The target's latest reading, or `NaN`: the persistence forecast.
    public double persistence() {
        return rows[rows.length - 1][0];
    }
}
