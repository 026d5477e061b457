package io.aerocast.training.fit;

/// Receives the progress of a fit, on the calling thread.
@FunctionalInterface
public interface FitProgress {

    /// Ignores the progress.
    FitProgress SILENT = (epoch, epochs, trainLoss, validationRmse) -> {};

    /// Reports a finished pass over the training data.
    ///
    /// @param epoch number of the pass, from 1
    /// @param epochs maximum number of passes
    /// @param trainLoss loss on the training data
    /// @param validationRmse root mean squared error on the validation data at the first horizon, in the target's
    ///     unit
    void epoch(int epoch, int epochs, double trainLoss, double validationRmse);
}
