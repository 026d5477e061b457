package io.aerocast.training;

import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.RidgeSettings;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.GateSettings;

/// The defaults, with a network that is small enough for a test.
public final class SmallSettings {

    private SmallSettings() {}

    public static TrainingSettings of(int members, int hidden, int epochs, double learningRate, int minimumRecent) {
        GruSettings gru = GruSettings.defaults();
        SplitSettings split = SplitSettings.defaults();
        return new TrainingSettings(
                new SplitSettings(
                        minimumRecent,
                        split.holdOutFraction(),
                        split.minimumHoldOut(),
                        split.validationFraction(),
                        split.maximumReplay(),
                        split.calmEvery(),
                        split.recentShare(),
                        split.maximumRepeats(),
                        split.maximumSamples()),
                new GruSettings(
                        members,
                        gru.layers(),
                        hidden,
                        epochs,
                        gru.batchSize(),
                        learningRate,
                        gru.patience(),
                        gru.gradientClip(),
                        gru.timeDropout(),
                        gru.levelNoise(),
                        gru.warmStart(),
                        gru.coverage(),
                        gru.seed()),
                SeasonalSettings.defaults(),
                RidgeSettings.defaults(),
                FlatOutputLimits.defaults(),
                GateSettings.defaults());
    }
}
