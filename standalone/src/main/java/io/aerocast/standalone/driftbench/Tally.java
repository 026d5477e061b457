package io.aerocast.standalone.driftbench;

import java.util.ArrayList;
import java.util.List;

/// What one detector made of one scenario, over all starts.
final class Tally {

    private int starts;
    private int found;
    private int faults;
    private int named;
    private int driftAfter;
    private int rejected;
    private final List<Integer> delays = new ArrayList<>();

    /// The course of one start.
    ///
    /// @param delay slots from the start to the first alarm of the right kind, or -1
    /// @param fault whether a fault of the feature was reported
    /// @param named whether it was the right one
    /// @param drift whether an episode of drift began
    /// @param silent whether the ingest check rejected the readings of the first six slots
    record Course(int delay, boolean fault, boolean named, boolean drift, boolean silent) {}

    void add(Course course) {
        starts++;
        faults += course.fault() ? 1 : 0;
        named += course.named() ? 1 : 0;
        driftAfter += course.drift() ? 1 : 0;
        rejected += course.silent() ? 1 : 0;
        if (course.delay() >= 0) {
            found++;
            delays.add(course.delay());
        }
    }

    int starts() {
        return starts;
    }

    double found() {
        return share(found);
    }

    double fault() {
        return share(faults);
    }

    double named() {
        return share(named);
    }

    double drift() {
        return share(driftAfter);
    }

    double rejected() {
        return share(rejected);
    }

    /// Mean delay in slots; `NaN` if it was never found.
    double delay() {
        return delays.stream().mapToInt(Integer::intValue).average().orElse(Double.NaN);
    }

    private double share(int count) {
        return starts == 0 ? Double.NaN : (double) count / starts;
    }
}
