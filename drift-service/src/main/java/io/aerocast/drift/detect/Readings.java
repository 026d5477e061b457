package io.aerocast.drift.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Statistics of the readings themselves. Changes are taken between readings of neighbouring grid times only.
///
/// @param at time of the latest reading
/// @param last the latest readings without a gap between them, newest first, at most [#KEPT]
/// @param same length of the run of equal readings at the end, gaps included
/// @param pace distance of two readings that follow each other, in the feature's unit
/// @param roughness logarithm of the distance of a reading from the middle of its neighbours
/// @param turning mean product of two changes in a row, recent
/// @param power mean square of a change, recent
/// @param noise evidence that the readings have become noisy
record Readings(
        Instant at,
        List<Double> last,
        int same,
        Baseline pace,
        Baseline roughness,
        double turning,
        double power,
        Cusum noise) {

    static final int KEPT = 3;
    private static final double RECENT = 24;
    private static final double NOISE_SLACK = 0.4;
    private static final double NOISE_CLIP = 1.5;
    private static final double NOISE_CAP = 30;
    private static final double NOISE_POWER = 6;
    private static final double ALTERNATING = -0.25;

    Readings {
        last = List.copyOf(last);
    }

    static Readings first(Instant at, double value) {
        return new Readings(at, List.of(value), 1, Baseline.NONE, Baseline.NONE, 0, 0, Cusum.zero(at));
    }

    /// @param steps grid steps since the latest reading, at least 1
    /// @param memory readings that the normal ranges are learnt from
    /// @param learns whether the normal ranges are learnt from this reading
    Readings next(Instant now, double value, long steps, double memory, boolean learns) {
        double before = last.getFirst();
        List<Double> series = new ArrayList<>(List.of(value));
        if (steps == 1) {
            series.addAll(last.subList(0, Math.min(KEPT - 1, last.size())));
        }
        Readings next = new Readings(
                now,
                series,
                value == before ? same + 1 : 1,
                steps == 1 && learns ? pace.next(Math.abs(value - before), memory) : pace,
                roughness,
                turning,
                power,
                noise);
        return series.size() < KEPT ? next : next.turned(memory, learns);
    }

    private Readings turned(double memory, boolean learns) {
        double change = last.get(0) - last.get(1);
        double earlier = last.get(1) - last.get(2);
        double rough = Math.log(Math.abs(change - earlier) / 2 + least());
        double z = Math.min(NOISE_CLIP, roughness.score(rough, 0.1));
        return new Readings(
                at,
                last,
                same,
                pace,
                learns ? roughness.next(rough, memory) : roughness,
                turning + (change * earlier - turning) / RECENT,
                power + (change * change - power) / RECENT,
                roughness.knows(memory / 4) ? noise.next(at, z, NOISE_SLACK, 1, NOISE_CAP) : Cusum.zero(at));
    }

    /// A tenth of the usual change: smaller ones are not distinguished.
    double least() {
        return Math.max(1e-6, pace.mean() / 10);
    }

    double value() {
        return last.getFirst();
    }

    /// The change to the latest reading; 0 after a gap.
    double move() {
        return last.size() < 2 ? 0 : last.get(0) - last.get(1);
    }

    /// Correlation of a change with the one before it, recent: about −0.5 for noise, above 0 for weather.
    double turn() {
        return power > 0 ? turning / power : 0;
    }

    /// Whether the readings may be about to become noisy: then larger errors are no fault of the models.
    ///
    /// @param limit as of [#isNoisy]
    boolean roughens(double limit) {
        return noise.statistic() > limit / 10;
    }

    /// Whether the readings have become noisy: rougher for long, with changes that alternate and are far above the
    /// usual.
    boolean isNoisy(double limit) {
        return noise.statistic() > limit && turn() < ALTERNATING && power > NOISE_POWER * Math.pow(pace.mean(), 2);
    }

    /// Whether the reading before the latest one lies away from both its neighbours, on the same side.
    boolean spiked(double limit) {
        if (last.size() < KEPT) {
            return false;
        }
        double up = last.get(1) - last.get(2);
        double down = last.get(1) - last.get(0);
        return up * down > 0 && Math.min(Math.abs(up), Math.abs(down)) > limit;
    }
}
