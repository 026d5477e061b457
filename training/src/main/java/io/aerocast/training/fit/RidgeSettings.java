package io.aerocast.training.fit;

import io.aerocast.event.Require;

/// Settings of the ridge regression. Its penalties follow from the data, see [RidgePenalty].
///
/// @param coverage nominal coverage of the prediction intervals, 0.5 to 0.999; default 0.9
/// @param seed recorded in the model's card; the fit itself makes no random choice; default 42
public record RidgeSettings(double coverage, long seed) {

    /// @throws IllegalArgumentException if a setting is out of range; the message names it
    public RidgeSettings {
        Require.between("coverage", 0.5, 0.999, coverage);
    }

    /// The defaults that are documented for each setting.
    public static RidgeSettings defaults() {
        return new RidgeSettings(0.9, 42);
    }
}
