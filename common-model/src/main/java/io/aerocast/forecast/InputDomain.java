package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inputs that a model was trained on, as a range of a few terms of the lookback. From an input beyond the
/// range of any term, which resembles none of the training data, a model extrapolates.
///
/// The terms of each feature are the mean of the readings, less its usual value at that time of the year where the
/// training data span one; the latest reading less that mean; and its change from the one before. Each has a
/// range of its own, because changes have far heavier tails than means: one distance with the covariance of all
/// would have to allow for storms, and a summer's day in winter would then be usual.
///
/// @param steps rows of the lookback that are used
/// @param season the year, or `null` where the training data did not span it
/// @param terms shape [3 · features]
public record InputDomain(int steps, @Nullable Duration season, List<Term> terms) {

    /// Terms of each feature.
    public static final int TERMS = 3;

    /// Largest widening of the intervals.
    static final double LARGEST = 3;

    /// The range of a term.
    ///
    /// @param centre mean in the training data
    /// @param cosine amplitude of the yearly wave's cosine; 0 without one
    /// @param sine amplitude of its sine
    /// @param reach largest usual distance from the wave, in the feature's unit
    public record Term(double centre, double cosine, double sine, double reach) {

        public Term {
            if (!(reach > 0) || !Double.isFinite(centre + cosine + sine)) {
                throw new IllegalArgumentException(
                        "The range of an input needs a finite centre and a positive reach, found %s, %s, %s and %s"
                                .formatted(centre, cosine, sine, reach));
            }
        }

        private double distance(double value, double phase) {
            double usual = centre + cosine * StrictMath.cos(phase) + sine * StrictMath.sin(phase);
            return Double.isNaN(value) ? 0 : Math.abs(value - usual) / reach;
        }
    }

    public InputDomain {
        terms = List.copyOf(terms);
    }

    /// The values of the terms: the terms of the first feature, then those of the next.
    ///
    /// @param steps rows of the lookback that are used, the newest ones
    /// @return shape [3 · features]; `NaN` where all readings are missing
    public static double[] values(Lookback lookback, int steps) {
        double[] values = new double[TERMS * lookback.features()];
        for (int f = 0; f < lookback.features(); f++) {
            fill(values, TERMS * f, lookback, lookback.steps() - steps, f);
        }
        return values;
    }

    private static void fill(double[] values, int at, Lookback lookback, int from, int feature) {
        double latest = Double.NaN;
        double change = 0;
        double sum = 0;
        int count = 0;
        for (int step = from; step < lookback.steps(); step++) {
            double reading = lookback.rows()[step][feature];
            change = Double.isNaN(reading - latest) ? 0 : reading - latest;
            if (!Double.isNaN(reading)) {
                latest = reading;
                sum += reading;
                count++;
            }
        }
        values[at] = sum / count;
        values[at + 1] = latest - sum / count;
        values[at + 2] = change;
    }

    /// The phase of the year, in radians; 0 where there is no year or no time.
    public static double phase(@Nullable Instant time, @Nullable Duration season) {
        return time == null || season == null
                ? 0
                : 2 * Math.PI * Math.floorMod(time.toEpochMilli(), season.toMillis()) / season.toMillis();
    }

    /// The distance of a lookback from the centre of the training data, in units of the reach of the term that is
    /// furthest out: above 1 it resembles none of them. Missing readings are no distance; without a time, the terms
    /// that depend on the year are not compared.
    public double distance(Lookback lookback) {
        double[] values = values(lookback, steps);
        double phase = phase(lookback.origin(), season);
        double furthest = 0;
        for (int i = 0; i < values.length; i++) {
            boolean comparable = season == null || lookback.origin() != null || i % TERMS > 0;
            furthest = Math.max(furthest, comparable ? terms.get(i).distance(values[i], phase) : 0);
        }
        return furthest;
    }

    /// Whether a lookback resembles training data: each term lies within its range, and as many readings are there as
    /// those of every training sample.
    boolean contains(Lookback lookback) {
        return lookback.usable() && distance(lookback) <= 1;
    }

    /// The factor by which the intervals of a forecast widen; the largest one without the readings that every
    /// training sample had.
    double widening(Lookback lookback) {
        return lookback.usable() ? widening(distance(lookback)) : LARGEST;
    }

    /// The factor by which the intervals widen at a distance: the distance itself, from 1 to [#LARGEST],
    /// because the error of an extrapolation grows in proportion to it.
    static double widening(double distance) {
        return Math.clamp(distance, 1, LARGEST);
    }
}
