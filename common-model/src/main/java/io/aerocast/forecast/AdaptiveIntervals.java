package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Prediction intervals of one model for one station that go on learning from what comes true: proportional control of
/// the width, per horizon (quantile tracking, the P of conformal PID control; Angelopoulos, Candès, Tibshirani 2023).
///
/// The model's own interval, calibrated when it was trained, is scaled by a factor that starts at 1. Whenever a truth
/// arrives, the factor grows by `GAIN · coverage` if the interval that was issued for it missed it, and shrinks by
/// `GAIN · (1 − coverage)` if it held it. So over T truths the coverage differs from the nominal one by at most
/// (largest − smallest factor) / (GAIN · T), whatever the weather does, as long as no bound of the factor is touched.
///
/// **The delay.** A forecast h steps ahead is answered h steps later. Each truth is held against the bounds that were
/// issued for it, not against those of now: misses of one spell that are known late are then all paid for, which the
/// long-run coverage rests on. The gain is small enough that 24 misses in a row, before the first answer to a wider
/// interval comes back, drive the factor by about a half.
///
/// Deterministic: the same forecasts and truths in the same order give the same intervals. Not safe for use by several
/// threads.
public final class AdaptiveIntervals {

    /// How far one truth moves the factor. More oscillates a day ahead, less is late in a heatwave
    /// (docs/forecasting.md).
    static final double GAIN = 0.025;

    /// Narrower than a quarter of the calibrated interval it never gets, so that it recovers in time.
    static final double SMALLEST = 0.25;

    /// Wider than four times the calibrated interval it never gets: beyond that the model needs mending, not the width.
    static final double LARGEST = 4;

    private final Pipeline pipeline;
    private final int[] horizons;
    private final double coverage;
    private final double[] factors;
    private final NavigableMap<Instant, Pending> pending = new TreeMap<>();

    /// What became of one interval.
    ///
    /// @param horizon steps ahead
    /// @param held whether the truth lay within its bounds
    /// @param width in the target's unit
    public record Outcome(int horizon, boolean held, double width) {}

    /// Intervals that were issued from one origin.
    ///
    /// @param answered shape [horizons], whether the truth has arrived
    private record Pending(Prediction issued, boolean[] answered) {}

    /// Starts with the model's own intervals.
    ///
    /// @param pipeline gives the time grid
    /// @param card gives the horizons and the nominal coverage
    public AdaptiveIntervals(Pipeline pipeline, ModelCard card) {
        this.pipeline = pipeline;
        this.horizons = card.horizons().stream().mapToInt(Integer::intValue).toArray();
        this.coverage = card.coverage();
        this.factors = new double[horizons.length];
        Arrays.fill(factors, 1);
    }

    /// The share of truths that the intervals are to hold.
    public double coverage() {
        return coverage;
    }

    /// How wide the intervals are now, in widths of the model's own.
    ///
    /// @return shape [horizons], from a quarter to four
    public double[] factors() {
        return factors.clone();
    }

    /// The interval that would be issued now. Nothing is remembered.
    ///
    /// @param raw as the model gives it
    public Prediction scale(Prediction raw) {
        double[] lower = new double[factors.length];
        double[] upper = new double[factors.length];
        for (int h = 0; h < factors.length; h++) {
            double value = raw.value()[h];
            lower[h] = value - factors[h] * (value - raw.lower()[h]);
            upper[h] = value + factors[h] * (raw.upper()[h] - value);
        }
        return new Prediction(raw.value(), lower, upper);
    }

    /// Issues the intervals of a forecast, and remembers them until its truths have arrived. Only what is at most one
    /// largest horizon older than the newest origin is remembered; a second forecast from one origin is not counted
    /// again.
    ///
    /// @param origin grid time of the latest observation that the forecast knows
    /// @param raw as the model gives it
    public Prediction adapt(Instant origin, Prediction raw) {
        Prediction issued = scale(raw);
        pending.putIfAbsent(origin, new Pending(issued, new boolean[horizons.length]));
        Instant oldest = pipeline.after(pending.lastKey(), -horizons[horizons.length - 1]);
        pending.headMap(oldest, false).clear();
        return issued;
    }

    /// Learns what came true: to be called before the forecast from this grid time. A truth that never arrives teaches
    /// nothing, and of several for one grid time the first one counts.
    ///
    /// @param slot grid time
    /// @param actual the target's reading; `NaN` where it is missing
    /// @return what became of the intervals that were issued for this time
    public List<Outcome> observe(Instant slot, double actual) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int h = 0; h < horizons.length && !Double.isNaN(actual); h++) {
            Pending issued = pending.get(pipeline.after(slot, -horizons[h]));
            if (issued != null && !issued.answered[h]) {
                issued.answered[h] = true;
                outcomes.add(learn(h, issued.issued, actual));
            }
        }
        return outcomes;
    }

    private Outcome learn(int h, Prediction issued, double actual) {
        double lower = issued.lower()[h];
        double upper = issued.upper()[h];
        boolean held = lower <= actual && actual <= upper;
        double step = held ? coverage - 1 : coverage;
        factors[h] = Math.clamp(factors[h] + GAIN * step, SMALLEST, LARGEST);
        return new Outcome(horizons[h], held, upper - lower);
    }
}
