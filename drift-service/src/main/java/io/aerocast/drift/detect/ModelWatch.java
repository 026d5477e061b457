package io.aerocast.drift.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What is known of the errors of one kind of model.
///
/// @param version the version at work
/// @param at target time of the latest evaluation
/// @param near size of the one-step errors relative to the movement of the readings, see [ErrorTests]
/// @param step one-step errors, with their sign, in the feature's unit
/// @param days shape [watched horizons], daily means of the errors, with their sign, in the feature's unit
/// @param sums shape [watched horizons], sums of the errors of the current day
/// @param count number of them
/// @param skill rolling scores at the farthest horizon
record ModelWatch(
        String version,
        Instant at,
        Baseline near,
        Baseline step,
        List<Baseline> days,
        List<Double> sums,
        int count,
        Skill skill) {

    ModelWatch {
        days = List.copyOf(days);
        sums = List.copyOf(sums);
    }

    static ModelWatch of(String version, Instant at, int horizons) {
        return new ModelWatch(
                version,
                at,
                Baseline.NONE,
                Baseline.NONE,
                Collections.nCopies(horizons, Baseline.NONE),
                Collections.nCopies(horizons, 0.0),
                0,
                Skill.NONE);
    }

    /// Another version, for which the errors of the one before it are a prior.
    ///
    /// @param steps weight of the prior in steps
    /// @param priorDays the same in days
    ModelWatch withVersion(String fresh, double steps, double priorDays) {
        return new ModelWatch(
                        fresh,
                        at,
                        near.asPrior(steps),
                        step.asPrior(steps),
                        days.stream().map(day -> day.asPrior(priorDays)).toList(),
                        sums,
                        0,
                        Skill.NONE)
                .interrupted();
    }

    ModelWatch seen(Instant now) {
        return new ModelWatch(version, now, near, step, days, sums, count, skill);
    }

    ModelWatch learntNear(double ratio, double error, double memory) {
        return new ModelWatch(
                version, at, near.next(ratio, memory), step.next(error, memory), days, sums, count, skill);
    }

    /// @param errors shape [watched horizons]
    /// @param perDay steps in a day
    /// @param memory in days
    ModelWatch learntDay(double[] errors, int perDay, double memory) {
        List<Double> totals = new ArrayList<>();
        List<Baseline> means = new ArrayList<>();
        for (int h = 0; h < errors.length; h++) {
            totals.add(sums.get(h) + errors[h]);
            means.add(days.get(h).next(totals.get(h) / perDay, memory));
        }
        return count + 1 < perDay
                ? new ModelWatch(version, at, near, step, days, totals, count + 1, skill)
                : new ModelWatch(version, at, near, step, means, sums, 0, skill).interrupted();
    }

    ModelWatch with(Skill now) {
        return new ModelWatch(version, at, near, step, days, sums, count, now);
    }

    /// Forgets the unfinished day.
    ModelWatch interrupted() {
        return new ModelWatch(version, at, near, step, days, Collections.nCopies(sums.size(), 0.0), 0, skill);
    }

    /// Mean of the scores of the errors at the watched horizons, in standard deviations of daily means.
    double score(double[] errors, double least) {
        double sum = 0;
        for (int h = 0; h < errors.length; h++) {
            sum += days.get(h).score(errors[h], least);
        }
        return sum / errors.length;
    }
}
