package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Prediction intervals of one model for one station that adapt to the observed coverage: proportional control of
/// the width, per horizon (quantile tracking, the P of conformal PID control; Angelopoulos, Candès, Tibshirani
/// 2023).
///
/// A factor, initially 1, scales the model's own interval, which was calibrated at the training. For every observed
/// value, the factor grows by `GAIN · coverage` if the interval that was issued for it missed it, and shrinks by
/// `GAIN · (1 − coverage)` if it held it. So over T observed values the coverage differs from the nominal one by at
/// most (largest − smallest factor) / (GAIN · T), whatever the weather does, unless the factor reaches a bound.
///
/// **The delay.** A forecast h steps ahead is observed h steps later. Each observed value is compared with the
/// bounds that were issued for it, not with the present ones: the misses of one spell that become known late all
/// count, and the long-run coverage depends on that. The gain is small enough: 24 misses in a row, before the first
/// outcome of a wider interval is known, raise the factor by about a half.
///
/// Deterministic: the same forecasts and observed values in the same order give the same intervals. Not safe for
/// use by several threads.
final class AdaptiveIntervals {

    /// Change of the factor per observed value. A larger gain oscillates a day ahead, a smaller one is late in a
    /// heatwave (docs/forecasting.md).
    static final double GAIN = 0.03;

    /// Lower bound of the factor: a narrower interval would take too long to recover.
    static final double SMALLEST = 0.25;

    /// Upper bound of the factor: beyond it the model needs a retraining, not a wider interval.
    static final double LARGEST = 4;

    private final Pipeline pipeline;
    private final int[] horizons;
    private final double coverage;
    private final double[] factors;
    private final NavigableMap<Instant, Pending> pending = new TreeMap<>();

    /// Intervals that were issued from one origin.
    ///
    /// @param observed shape [horizons], whether the target has been observed
    private record Pending(Prediction issued, boolean[] observed) {}

    /// Starts with the model's own intervals.
    ///
    /// @param pipeline gives the time grid and the horizons
    /// @param coverage nominal
    AdaptiveIntervals(Pipeline pipeline, double coverage) {
        this.pipeline = pipeline;
        this.horizons = pipeline.horizons().stream().mapToInt(Integer::intValue).toArray();
        this.coverage = coverage;
        this.factors = new double[horizons.length];
        Arrays.fill(factors, 1);
    }

    /// Nominal coverage.
    double coverage() {
        return coverage;
    }

    /// Width of the intervals, as multiples of the model's own.
    ///
    /// @return shape [horizons], from a quarter to four
    double[] factors() {
        return factors.clone();
    }

    /// Issues the intervals of a forecast and keeps them until their targets have been observed. Keeps only origins
    /// at most one largest horizon older than the newest; ignores a second forecast from the same origin.
    ///
    /// @param origin grid time of the latest observation that the forecast knows
    /// @param raw the model's own forecast
    Prediction adapt(Instant origin, Prediction raw) {
        Prediction issued = raw.scaled(factors);
        pending.putIfAbsent(origin, new Pending(issued, new boolean[horizons.length]));
        Instant oldest = pipeline.after(pending.lastKey(), -horizons[horizons.length - 1]);
        pending.headMap(oldest, false).clear();
        return issued;
    }

    /// Adapts the factors to an observed value; call it before the forecast from this grid time. A missing reading
    /// changes no factor, and of several readings for one grid time the first one counts.
    ///
    /// @param slot grid time
    /// @param actual the target's reading; `NaN` where it is missing
    /// @return the outcomes of the intervals that were issued for this time
    List<IntervalOutcome> observe(Instant slot, double actual) {
        List<IntervalOutcome> outcomes = new ArrayList<>();
        for (int h = 0; h < horizons.length && !Double.isNaN(actual); h++) {
            Pending issued = pending.get(pipeline.after(slot, -horizons[h]));
            if (issued != null && !issued.observed[h]) {
                issued.observed[h] = true;
                outcomes.add(learn(h, issued.issued, actual));
            }
        }
        return outcomes;
    }

    private IntervalOutcome learn(int h, Prediction issued, double actual) {
        double lower = issued.lower()[h];
        double upper = issued.upper()[h];
        boolean held = lower <= actual && actual <= upper;
        double step = held ? coverage - 1 : coverage;
        factors[h] = Math.clamp(factors[h] + GAIN * step, SMALLEST, LARGEST);
        return new IntervalOutcome(horizons[h], held, upper - lower);
    }
}
