package io.aerocast.training.judge;

import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Split;
import org.jspecify.annotations.Nullable;

/// What a candidate is judged on.
///
/// @param holdOut later than everything that was fitted
/// @param validation what came right before; it had a say in the fit, and only gives scales here
/// @param calm from before the change and not fitted by the candidate; `null` where no change is known
/// @param quality of the recent data, those that were fitted included
/// @param look how often the champion is challenged
public record Evidence(
        Dataset holdOut, Dataset validation, @Nullable Dataset calm, Quality quality, Look look) {

    /// What a split has set aside.
    public static Evidence of(Split.Parts parts, Look look) {
        return new Evidence(parts.holdOut(), parts.validation(), parts.calm(), parts.quality(), look);
    }
}
