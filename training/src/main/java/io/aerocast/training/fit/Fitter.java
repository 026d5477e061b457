package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.training.dataset.Dataset;

/// Fits one kind of model. The same data, settings and version of AeroCast give the same artifact, byte for byte.
public interface Fitter {

    /// The kind of model, as in its card.
    String kind();

    /// Whether every sample needs the time of its origin, as [ForecastModel#needsTime] of the fitted model.
    boolean needsTime();

    /// Fits a model. Suspect readings are neither learnt from nor validated on; see [Dataset#clean].
    ///
    /// @param train what is learnt from; scaling comes from here alone
    /// @param validation later than `train`: decides when to stop, and gives the widths of the prediction intervals
    /// @param progress is told after every pass over the data, on the calling thread
    /// @return the model, its card filled in; its `validationRmse` metrics are of data that the fit has seen, so
    ///     judge it on other data
    /// @throws IllegalArgumentException if there is nothing to learn from, saying what is missing
    /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted meanwhile
    ForecastModel fit(Dataset train, Dataset validation, FitSettings settings, FitProgress progress);
}
