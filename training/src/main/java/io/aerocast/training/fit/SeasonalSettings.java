package io.aerocast.training.fit;

import io.aerocast.event.Require;

/// Settings of the seasonal model.
///
/// @param ridge number of observations that outweigh the shrinkage of the autoregressive weights to zero; default
///     30
/// @param halfLife steps after which a sample counts half in the autoregression, in the fit and online; default
///     1440, 60 days of hourly data
/// @param coverage nominal coverage of the prediction intervals, 0.5 to 0.999; default 0.9
/// @param seed recorded in the model's card; the fit itself makes no random choice; default 42
public record SeasonalSettings(double ridge, int halfLife, double coverage, long seed) {

    /// @throws IllegalArgumentException if a setting is out of range; the message names it
    public SeasonalSettings {
        Require.positive("ridge", ridge);
        Require.atLeast("halfLife", 1, halfLife);
        Require.between("coverage", 0.5, 0.999, coverage);
    }

    /// The defaults that are documented for each setting.
    public static SeasonalSettings defaults() {
        return new SeasonalSettings(30, 1440, 0.9, 42);
    }
}
