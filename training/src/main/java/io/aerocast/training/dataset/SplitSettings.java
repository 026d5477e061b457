package io.aerocast.training.dataset;

import io.aerocast.event.Require;

/// Settings of the division of samples into training, validation and hold-out data. Amounts are counted in grid
/// times (hours for `noaa`), so that they do not depend on the number of stations.
///
/// @param minimumRecent grid times with samples that are needed after the change, or in all where no change is
///     known; default 168, a week of hourly data
/// @param holdOutFraction newest fraction of the recent grid times, kept for the judge, 0.05 to 0.6; default 0.2
/// @param minimumHoldOut grid times that the hold-out has at least, as far as that leaves half of the recent ones;
///     default 168
/// @param validationFraction fraction of the recent grid times before the hold-out, for early stopping and
///     intervals, 0.05 to 0.3; default 0.15
/// @param maximumReplay samples from before the change that are fitted too, against forgetting; default 2000
/// @param calmEvery one in this many of the days before the change is kept for the judge and not fitted; default 10
/// @param recentShare weight of the recent samples in the fit, reached by repeating them, 0 to 0.95; default 0.6
/// @param maximumRepeats largest number of repeats of a recent sample; default 8
/// @param maximumSamples number of newest samples that are used; default 20000
public record SplitSettings(
        int minimumRecent,
        double holdOutFraction,
        int minimumHoldOut,
        double validationFraction,
        int maximumReplay,
        int calmEvery,
        double recentShare,
        int maximumRepeats,
        int maximumSamples) {

    /// @throws IllegalArgumentException if a setting is out of range; the message names it
    public SplitSettings {
        Require.atLeast("minimumRecent", 8, minimumRecent);
        Require.between("holdOutFraction", 0.05, 0.6, holdOutFraction);
        Require.atLeast("minimumHoldOut", 0, minimumHoldOut);
        Require.between("validationFraction", 0.05, 0.3, validationFraction);
        Require.atLeast("maximumReplay", 0, maximumReplay);
        Require.atLeast("calmEvery", 2, calmEvery);
        Require.between("recentShare", 0, 0.95, recentShare);
        Require.atLeast("maximumRepeats", 1, maximumRepeats);
        Require.atLeast("maximumSamples", 1, maximumSamples);
    }

    /// The defaults that are documented for each setting.
    public static SplitSettings defaults() {
        return new SplitSettings(168, 0.2, 168, 0.15, 2000, 10, 0.6, 8, 20000);
    }
}
