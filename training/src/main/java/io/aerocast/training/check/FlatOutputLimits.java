package io.aerocast.training.check;

import io.aerocast.event.Require;

/// Limits beyond which forecasts carry no information; see [Symptom]. On few
/// data, a limit is crossed only by more than chance explains; see [FlatOutputCheck].
///
/// @param minimumVarianceRatio smallest variance of the forecasts over that of the observations, at the first
///     horizon, 0 to 1: less is a flat line; default 0.5
/// @param maximumVarianceRatio largest such ratio, at least 1: more is noise; default 1.2
/// @param minimumSkill skill against persistence that must be exceeded over all horizons together, -1 to 1;
///     default 0
/// @param minimumCorrelation correlation of forecast and observed changes that must be exceeded over all
///     horizons together, -1 to 1; default 0
/// @param constantTolerance largest distance between a constant input and its forecast at the first horizon, in
///     standard deviations of the observations; default 1
public record FlatOutputLimits(
        double minimumVarianceRatio,
        double maximumVarianceRatio,
        double minimumSkill,
        double minimumCorrelation,
        double constantTolerance) {

    /// @throws IllegalArgumentException if a limit is out of range; the message names it
    public FlatOutputLimits {
        Require.between("minimumVarianceRatio", 0, 1, minimumVarianceRatio);
        Require.between("maximumVarianceRatio", 1, Double.MAX_VALUE, maximumVarianceRatio);
        Require.between("minimumSkill", -1, 1, minimumSkill);
        Require.between("minimumCorrelation", -1, 1, minimumCorrelation);
        Require.positive("constantTolerance", constantTolerance);
    }

    /// The defaults that are documented for each limit.
    public static FlatOutputLimits defaults() {
        return new FlatOutputLimits(0.5, 1.2, 0, 0, 1);
    }
}
