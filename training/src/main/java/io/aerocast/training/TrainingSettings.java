package io.aerocast.training;

import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.GateSettings;

/// All settings of [Training].
///
/// @param split division of the samples
/// @param gru the GRU ensemble
/// @param seasonal the seasonal model
/// @param flatOutput limits of the flat-output check
/// @param gate the promotion gate
public record TrainingSettings(
        SplitSettings split,
        GruSettings gru,
        SeasonalSettings seasonal,
        FlatOutputLimits flatOutput,
        GateSettings gate) {

    /// The documented defaults.
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                SplitSettings.defaults(),
                GruSettings.defaults(),
                SeasonalSettings.defaults(),
                FlatOutputLimits.defaults(),
                GateSettings.defaults());
    }
}
