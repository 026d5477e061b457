package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;

/// The terms of a piecewise linear trend (Prophet: Taylor and Letham 2018): the time, and the time since each of
/// some changepoints, which lie equally far apart in the first four fifths of the data. After the data the last
/// slope goes on. Times count in units of the span.
///
/// @param from where it begins
/// @param span the time that the data cover
/// @param changepoints how many; none leaves a straight line
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
