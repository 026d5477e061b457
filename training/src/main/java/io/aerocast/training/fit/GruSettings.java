package io.aerocast.training.fit;

import io.aerocast.event.Require;

/// Settings of the GRU ensemble.
///
/// @param members number of networks, each from other initial weights; default 2
/// @param layers layers of each network; default 1
/// @param hidden units of each layer; default 24
/// @param epochs maximum number of passes over the training data for each network; default 20
/// @param batchSize windows per step of the optimiser; default 64
/// @param learningRate initial step size of Adam; it decays to a tenth along a cosine; default 0.004
/// @param patience passes without a better validation error after which a network stops; default 6
/// @param gradientClip largest norm of the gradient per step; default 1.0
/// @param timeDropout fraction of the windows whose time features are hidden in a pass, 0 to 0.9; default 0.3
/// @param levelNoise standard deviation of a random shift of the target's level in each window of a pass, in units
///     of the target's own standard deviation; default 0.2
/// @param warmStart whether a fit starts from the weights of a champion of the same shape; default true
/// @param coverage nominal coverage of the prediction intervals, 0.5 to 0.999; default 0.9
/// @param seed seed of every random choice; default 42
public record GruSettings(
        int members,
        int layers,
        int hidden,
        int epochs,
        int batchSize,
        double learningRate,
        int patience,
        double gradientClip,
        double timeDropout,
        double levelNoise,
        boolean warmStart,
        double coverage,
        long seed) {

    /// @throws IllegalArgumentException if a setting is out of range; the message names it
    public GruSettings {
        Require.atLeast("members", 1, members);
        Require.atLeast("layers", 1, layers);
        Require.atLeast("hidden", 1, hidden);
        Require.atLeast("epochs", 1, epochs);
        Require.atLeast("batchSize", 1, batchSize);
        Require.positive("learningRate", learningRate);
        Require.atLeast("patience", 1, patience);
        Require.positive("gradientClip", gradientClip);
        Require.between("timeDropout", 0, 0.9, timeDropout);
        Require.between("levelNoise", 0, Double.MAX_VALUE, levelNoise);
        Require.between("coverage", 0.5, 0.999, coverage);
    }

    /// The defaults that are documented for each setting.
    public static GruSettings defaults() {
        return new GruSettings(2, 1, 24, 20, 64, 0.004, 6, 1.0, 0.3, 0.2, true, 0.9, 42);
    }

    /// The smallest network that can be trained, for one step.
    static GruSettings smallest() {
        return new GruSettings(1, 1, 1, 1, 1, 0.1, 1, 1, 0, 0, false, 0.9, 1);
    }
}
