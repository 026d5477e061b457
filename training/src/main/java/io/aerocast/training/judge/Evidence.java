package io.aerocast.training.judge;

import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Split;
import org.jspecify.annotations.Nullable;

/// The data that a candidate is judged on.
///
/// @param holdOut later than all fitted data
/// @param validation the data right before it; the fit used them, here they only define scales
/// @param calm from before the change and not fitted by the candidate; `null` where no change is known
/// @param quality of the recent data, including the fitted ones
/// @param look how often the champion is challenged, which decides on the test
public record Evidence(
        Dataset holdOut, Dataset validation, @Nullable Dataset calm, Quality quality, Look look) {

    /// The parts of a split that were not fitted.
    public static Evidence of(Split.Parts parts, Look look) {
        return new Evidence(parts.holdOut(), parts.validation(), parts.calm(), parts.quality(), look);
    }
}
