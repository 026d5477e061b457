package io.aerocast.training.fit;

import org.jspecify.annotations.Nullable;

/// One pass of a fit over the training data.
///
/// @param epoch number of the pass, from 1
/// @param trainLoss mean squared error of the scaled outputs
/// @param validationRmse error on the validation data at the first horizon, in the target's unit
/// @param seconds since the fit began, or `null` in a record of an earlier version
public record Epoch(
        int epoch,
        double trainLoss,
        double validationRmse,
        @Nullable Double seconds) {}
