package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;

/// The terms of a piecewise linear trend (Prophet: Taylor and Letham 2018): the time, and the time since each
/// changepoint. The changepoints are equally spaced in the first four fifths of the data; the last slope continues
/// after the data. Times are in units of the span.
///
/// @param from start of the data
/// @param span length of the data
/// @param changepoints number of changepoints; 0 makes a straight line
public record Trend(Instant from, Duration span, int changepoints) {

    private static final double CHANGING = 0.8;

    public Trend {
        if (!span.isPositive() || changepoints < 0) {
            throw new IllegalArgumentException(
                    "A trend needs a positive span and no less than 0 changepoints, found %s and %d"
                            .formatted(span, changepoints));
        }
    }

    /// Number of terms.
    public int size() {
        return 1 + changepoints;
    }

    /// The terms' values at a time, the slope first.
    ///
    /// @return shape [size()]
    public double[] at(Instant time) {
        double[] terms = new double[size()];
        double now = (double) (time.toEpochMilli() - from.toEpochMilli()) / span.toMillis();
        terms[0] = now;
        for (int i = 1; i <= changepoints; i++) {
            terms[i] = Math.max(0, now - changepoint(i));
        }
        return terms;
    }

    /// The time of a changepoint since the beginning.
    ///
    /// @param i from 1 to `changepoints`
    /// @return in units of the span
    public double changepoint(int i) {
        return CHANGING * i / (changepoints + 1);
    }
}
