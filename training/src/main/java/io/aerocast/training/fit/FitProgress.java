package io.aerocast.training.fit;

/// Is told how a fit gets on.
@FunctionalInterface
public interface FitProgress {

    /// Tells nobody.
    FitProgress SILENT = (epoch, epochs, trainLoss, validationRmse) -> {};

    /// One pass over the training data is done.
    ///
    /// @param epoch the pass, from 1
    /// @param epochs the most passes there can be
    /// @param trainLoss what the fit minimises, on the training data
    /// @param validationRmse error on the validation data at the first horizon, in the unit of the target
    void epoch(int epoch, int epochs, double trainLoss, double validationRmse);
}
