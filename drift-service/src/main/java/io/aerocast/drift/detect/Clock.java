package io.aerocast.drift.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Whether the daily course of the readings is shifted by one step: a likelihood ratio of the changes from step
/// to step against their usual daily course, shifted and not shifted, accumulated as a CUSUM. The course is that of
/// the first [#HARMONICS] harmonics of the day: they are estimated with less error than a mean for each hour.
///
/// @param course amplitudes of cosine and sine of each harmonic of the usual change, in the feature's unit; empty
///     before the first change
/// @param perDay steps in a day
/// @param known number of changes learnt
/// @param variance mean square of the distance of a change from its usual value
/// @param late evidence that readings are stamped a step too late
/// @param early evidence that they are stamped a step too early
record Clock(List<Double> course, int perDay, int known, double variance, double late, double early) {

    static final Clock NONE = new Clock(List.of(), 0, 0, 0, 0, 0);

    private static final int HARMONICS = 3;
    private static final int DAYS = 14;
    private static final double CLIP = 1;
    private static final double CAP = 60;
    private static final double INFORMATION = 0.25;
    private static final double OWN = 3.5;
    private static final double GROWTH = 0.375;

    Clock {
        course = List.copyOf(course);
    }

    /// @param step index of the reading in the day
    /// @param day steps in a day
    Clock next(int step, int day, double change, boolean learns) {
        if (perDay != day) {
            return new Clock(Collections.nCopies(2 * HARMONICS, 0.0), day, 0, 0, 0, 0).next(step, day, change, learns);
        }
        double usual = at(step);
        boolean ready = known >= DAYS * perDay;
        double gain = 1.0 / Math.min(DAYS * perDay, known + 2 * HARMONICS);
        return new Clock(
                learns ? learnt(step, gain * (change - usual)) : course,
                perDay,
                learns ? Math.min(known + 1, 1_000_000) : known,
                learns ? variance + gain * (Math.pow(change - usual, 2) - variance) : variance,
                ready ? evidence(late, change, usual, at(step - 1)) : 0,
                ready ? evidence(early, change, usual, at(step + 1)) : 0);
    }

    /// The usual change at a step of the day.
    private double at(int step) {
        double sum = 0;
        for (int i = 0; i < course.size(); i++) {
            sum += course.get(i) * wave(i, step);
        }
        return sum;
    }

    private double wave(int i, int step) {
        double angle = 2 * Math.PI * (i / 2 + 1) * step / perDay;
        return i % 2 == 0 ? Math.cos(angle) : Math.sin(angle);
    }

    /// Least mean squares (Widrow and Hoff 1960); the mean square of a wave is one half.
    private List<Double> learnt(int step, double correction) {
        List<Double> next = new ArrayList<>();
        for (int i = 0; i < course.size(); i++) {
            next.add(course.get(i) + 2 * correction * wave(i, step));
        }
        return next;
    }

    private double evidence(double sum, double change, double usual, double shifted) {
        double ratio =
                variance <= 0 ? 0 : (Math.pow(change - usual, 2) - Math.pow(change - shifted, 2)) / (2 * variance);
        return Math.clamp(sum + Math.clamp(ratio, -CLIP, CLIP), 0, CAP);
    }

    /// Evidence that the clock is shifted, late or early; 0 where the daily course is too weak to tell: where a day
    /// with a shifted clock would be expected to give less than [#INFORMATION].
    double evidence() {
        return information() < INFORMATION ? 0 : Math.max(late, early);
    }

    static List<Clock> of(Map<String, FeatureWatch> features) {
        return features.values().stream().map(FeatureWatch::clock).toList();
    }

    /// Evidence that the clock of the station is shifted in the direction of this feature, which has to have the
    /// strongest daily course: the likelihood ratios of all features are added and divided by the growth of their
    /// fluctuation. 0 without another feature, and while this feature has less than [#OWN].
    double joint(List<Clock> others) {
        boolean isStrongest = others.stream().noneMatch(other -> other.information() > information());
        if (others.isEmpty() || !isStrongest || evidence() < OWN) {
            return 0;
        }
        List<Clock> telling = others.stream()
                .filter(other -> other.information() >= INFORMATION)
                .toList();
        double sum = evidence()
                + telling.stream()
                        .mapToDouble(other -> late > early ? other.late : other.early)
                        .sum();
        return sum / (1 + GROWTH * telling.size());
    }

    /// Evidence that a day with a shifted clock is expected to give: half the sum of the squares by which the course
    /// changes in a step, relative to the variance.
    double information() {
        double sum = 0;
        for (int i = 0; i < course.size(); i++) {
            double change = 2 * Math.sin(Math.PI * (i / 2 + 1) / perDay) * course.get(i);
            sum += change * change * perDay / 2;
        }
        return variance > 0 ? sum / (2 * variance) : 0;
    }

    Clock restarted() {
        return new Clock(course, perDay, known, variance, 0, 0);
    }
}
