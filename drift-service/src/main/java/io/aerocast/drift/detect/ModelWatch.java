package io.aerocast.drift.detect;

import java.time.Instant;

/// What is known of the errors of one kind of model.
///
/// @param version the version at work
/// @param at target time of the latest evaluation
/// @param near one-step errors relative to the movement of the readings, as logarithms
/// @param step one-step errors, with their sign, in the feature's unit
/// @param days daily means of the errors of the farthest horizon, with their sign, in the feature's unit
/// @param sum sum of the errors of the farthest horizon in the current day
/// @param count number of them
/// @param skill rolling scores at the farthest horizon
record ModelWatch(
        String version,
        Instant at,
        Baseline near,
        Baseline step,
        Baseline days,
        double sum,
        int count,
        Skill skill) {

    static ModelWatch of(String version, Instant at) {
        return new ModelWatch(
                version, at, Baseline.NONE, Baseline.NONE, Baseline.NONE, 0, 0, Skill.NONE);
    }

    ModelWatch withVersion(String fresh, double priorNear, double priorDays) {
        return new ModelWatch(
                fresh, at, near.asPrior(priorNear), step.asPrior(priorNear), days.asPrior(priorDays), 0, 0, Skill.NONE);
    }

    ModelWatch seen(Instant now) {
        return new ModelWatch(version, now, near, step, days, sum, count, skill);
    }

    ModelWatch learntNear(double ratio, double error, double memory) {
        return new ModelWatch(
                version, at, near.next(ratio, memory), step.next(error, memory), days, sum, count, skill);
    }

    /// @param perDay steps in a day
    /// @param memory in days
    ModelWatch learntFar(double error, int perDay, double memory) {
        double total = sum + error;
        return count + 1 < perDay
                ? new ModelWatch(version, at, near, step, days, total, count + 1, skill)
                : new ModelWatch(version, at, near, step, days.next(total / perDay, memory), 0, 0, skill);
    }

    ModelWatch with(Skill now) {
        return new ModelWatch(version, at, near, step, days, sum, count, now);
    }

    /// Forgets the unfinished day.
    ModelWatch interrupted() {
        return new ModelWatch(version, at, near, step, days, 0, 0, skill);
    }
}
