package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation.Pair;

/// Rolling scores of the forecasts of one horizon, with exponential forgetting.
///
/// @param weight number of evaluations, at most the memory
/// @param model mean squared error of the model, in the square of the feature's unit
/// @param persistence mean squared error of persistence
/// @param held share of the observed values within their intervals
/// @param bad evaluations in a row after which skill or coverage was lost
record Skill(double weight, double model, double persistence, double held, int bad) {

    static final Skill NONE = new Skill(0, 0, 0, 1, 0);

    /// Evaluations without a persistence forecast are left out.
    Skill next(Pair pair, double actual, double memory, double lostSkill, double lowestCoverage) {
        if (pair.persistence() == null) {
            return this;
        }
        double share = 1 / (Math.min(weight, memory - 1) + 1);
        Skill next = new Skill(
                Math.min(weight + 1, memory),
                mixed(model, Math.pow(actual - pair.predicted(), 2), share),
                mixed(persistence, Math.pow(actual - pair.persistence(), 2), share),
                mixed(held, pair.held(actual).map(in -> in ? 1.0 : 0.0).orElse(held), share),
                bad);
        return next.counted(weight + 1 >= memory && (next.skill() < lostSkill || next.held < lowestCoverage));
    }

    private Skill counted(boolean lost) {
        return new Skill(weight, model, persistence, held, lost ? Math.min(bad + 1, 100_000) : 0);
    }

    /// `1 − MSE / MSE of persistence`; 0 where persistence was perfect.
    double skill() {
        return persistence > 0 ? 1 - model / persistence : 0;
    }

    private static double mixed(double old, double value, double share) {
        return old + share * (value - old);
    }
}
