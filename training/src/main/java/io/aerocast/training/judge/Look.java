package io.aerocast.training.judge;

/// How often a champion is challenged, which decides on the statistical test; see `docs/decisions`.
///
/// | situation | look |
/// |---|---|
/// | one judgement on an amount of data that was fixed beforehand | [#ONCE] |
/// | one change after which candidates are tried again as more data come | [#attempt] 1, 2, … |
/// | any number of judgements, by schedule or on request, or of a model in probation | [#REPEATEDLY] |
public sealed interface Look {

    /// A single judgement, by a test at the full level of significance.
    Look ONCE = new Planned(1);

    /// Any number of judgements, by an e-value, which is valid however often it is evaluated.
    Look REPEATEDLY = new Sequential();

    /// One of several judgements after one change. The attempts spend the level of significance α between
    /// them, so that an equal candidate is promoted by any of them with a probability of at most α, whatever
    /// data they share: 0.7·α at the first, 0.21·α at the second, 0.063·α at the third …, as each has
    /// more data than the one before.
    ///
    /// @param number 1 for the first attempt
    static Look attempt(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1, found %d".formatted(number));
        }
        return new Planned(Planned.FIRST * Math.pow(1 - Planned.FIRST, number - 1));
    }

    /// A test of a mean.
    ///
    /// @param share fraction of the level of significance that is spent on it, above 0 and at most 1
    record Planned(double share) implements Look {

        /// The share of the first of several attempts.
        private static final double FIRST = 0.7;
    }

    /// An e-value.
    record Sequential() implements Look {}
}
