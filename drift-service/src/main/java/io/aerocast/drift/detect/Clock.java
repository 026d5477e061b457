package io.aerocast.drift.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Whether the daily course of the readings is shifted by one step: a likelihood ratio of the changes from step
/// to step against their usual daily course, shifted and not shifted, accumulated as a CUSUM.
///
/// @param course usual change at each step of the day, in the feature's unit; empty before the first one
/// @param known number of changes learnt
/// @param variance mean square of the distance of a change from its usual value
/// @param late evidence that readings are stamped a step too late
/// @param early evidence that they are stamped a step too early
record Clock(List<Double> course, int known, double variance, double late, double early) {

    static final Clock NONE = new Clock(List.of(), 0, 0, 0, 0);

    private static final double CLIP = 1;
    private static final double CAP = 60;
    private static final double INFORMATION = 1;

    Clock {
        course = List.copyOf(course);
    }

    /// @param step index of the reading in the day
    /// @param days memory, in days
    Clock next(int step, int perDay, double change, double days, boolean learns) {
        if (course.size() != perDay) {
            return new Clock(Collections.nCopies(perDay, 0.0), 0, 0, 0, 0).next(step, perDay, change, days, learns);
        }
        boolean ready = known >= days * perDay;
        return new Clock(
                learns ? learnt(step, change, days) : course,
                learns ? Math.min(known + 1, 1_000_000) : known,
                learns ? variance(step, change, days * perDay) : variance,
                ready ? evidence(late, change, at(step), at(step - 1)) : 0,
                ready ? evidence(early, change, at(step), at(step + 1)) : 0);
    }

    private double at(int step) {
        return course.get(Math.floorMod(step, course.size()));
    }

    private List<Double> learnt(int step, double change, double days) {
        double seen = Math.min(days, 1 + (double) known / course.size());
        List<Double> next = new ArrayList<>(course);
        next.set(step, at(step) + (change - at(step)) / seen);
        return next;
    }

    private double variance(int step, double change, double memory) {
        double seen = Math.min(memory, known + 1.0);
        return variance + (Math.pow(change - at(step), 2) - variance) / seen;
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

    /// Evidence that a day with a shifted clock is expected to give: the strength of the daily course.
    double information() {
        double sum = 0;
        for (int step = 0; step < course.size(); step++) {
            sum += Math.pow(at(step) - at(step - 1), 2);
        }
        return variance > 0 ? sum / (2 * variance) : 0;
    }

    Clock restarted() {
        return new Clock(course, known, variance, 0, 0);
    }
}
