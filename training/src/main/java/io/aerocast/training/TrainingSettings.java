package io.aerocast.training;

import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.fit.GruFitter;
import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.RidgeFitter;
import io.aerocast.training.fit.RidgeSettings;
import io.aerocast.training.fit.SeasonalFitter;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.GateSettings;
import io.aerocast.training.judge.Judge;
import java.util.List;

/// All settings of [Training].
///
/// @param split division of the samples
/// @param gru the GRU ensemble
/// @param seasonal the seasonal model
/// @param ridge the ridge regression
/// @param flatOutput limits of the flat-output check
/// @param gate the promotion gate
public record TrainingSettings(
        SplitSettings split,
        GruSettings gru,
        SeasonalSettings seasonal,
        RidgeSettings ridge,
        FlatOutputLimits flatOutput,
        GateSettings gate) {

    /// The documented defaults.
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                SplitSettings.defaults(),
                GruSettings.defaults(),
                SeasonalSettings.defaults(),
                RidgeSettings.defaults(),
                FlatOutputLimits.defaults(),
                GateSettings.defaults());
    }

    /// One fitter for each kind of model.
    public List<Fitter> fitters() {
        return List.of(new GruFitter(gru), new SeasonalFitter(seasonal), new RidgeFitter(ridge));
    }

    /// The judge of the candidates.
    public Judge judge() {
        return new Judge(gate, new FlatOutputCheck(flatOutput));
    }
}
