package io.aerocast.drift.detect;

/// Mean and standard deviation of a series with exponential forgetting, which one outlier hardly moves: a value
/// further than [#CLIP] standard deviations from the mean counts as that far (winsorisation). While few values are
/// known it is their plain mean and standard deviation.
///
/// @param weight sum of the weights of all values, at most the memory
/// @param mean in the series' unit
/// @param variance in the square of it
public record Baseline(double weight, double mean, double variance) {

    static final Baseline NONE = new Baseline(0, 0, 0);

    private static final double CLIP = 3;
    private static final int UNCLIPPED = 5;

    /// @param memory number of values whose weight is not yet forgotten
    Baseline next(double value, double memory) {
        double kept = Math.min(weight, memory - 1);
        double limit = CLIP * Math.sqrt(variance);
        double off = weight < UNCLIPPED ? value - mean : Math.clamp(value - mean, -limit, limit);
        double share = 1 / (kept + 1);
        return new Baseline(kept + 1, mean + share * off, (1 - share) * (variance + share * off * off));
    }

    /// The same values, with at most a given weight: a prior for the values of another model.
    Baseline asPrior(double most) {
        return new Baseline(Math.min(weight, most), mean, variance);
    }

    double deviation(double least) {
        return Math.max(least, Math.sqrt(variance));
    }

    /// The distance of a value from the mean, in standard deviations.
    ///
    /// @param least smallest standard deviation, in the series' unit, above 0
    double score(double value, double least) {
        return (value - mean) / deviation(least);
    }

    boolean knows(double values) {
        return weight >= values;
    }
}
