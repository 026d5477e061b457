package io.aerocast.training.judge;

import io.aerocast.event.Require;

/// Settings of the promotion gate.
///
/// @param significance largest p-value of being better than the champion by chance, where it is challenged once,
///     and the sum of those of all attempts after one change; 1 / this is the smallest e-value where it is
///     challenged repeatedly; also the level of the other tests, 0.001 to 0.5; default 0.05
/// @param minimumCount grid times with a known target at the first horizon that the hold-out must have; horizons
///     with fewer are not judged; default 20
/// @param coverageTolerance largest deviation of the intervals' coverage over all horizons from the nominal one,
///     beyond chance, 0 to
///     1; default 0.05
/// @param calmTolerance largest increase of the error over the champion's on the calm data from before the change,
///     beyond chance, as a fraction of the champion's error; default 0.02
/// @param maximumSuspectShare largest fraction of one feature's recent readings that may be suspect, 0 to 1;
///     default 0.1
public record GateSettings(
        double significance,
        int minimumCount,
        double coverageTolerance,
        double calmTolerance,
        double maximumSuspectShare) {

    /// @throws IllegalArgumentException if a setting is out of range; the message names it
    public GateSettings {
        Require.between("significance", 0.001, 0.5, significance);
        Require.atLeast("minimumCount", 2, minimumCount);
        Require.between("coverageTolerance", 0, 1, coverageTolerance);
        Require.between("calmTolerance", 0, Double.MAX_VALUE, calmTolerance);
        Require.between("maximumSuspectShare", 0, 1, maximumSuspectShare);
    }

    /// The defaults that are documented for each setting.
    public static GateSettings defaults() {
        return new GateSettings(0.05, 20, 0.05, 0.02, 0.1);
    }
}
