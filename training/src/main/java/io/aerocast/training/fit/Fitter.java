package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.training.dataset.Dataset;

/// Fits one kind of model. The same data, settings and version of AeroCast give the same artifact, byte for byte.
public interface Fitter {

    /// The kind of model, as in its card.
    String kind();

    /// Whether every sample needs the time of its origin, as [ForecastModel#needsTime] of the fitted model.
    boolean needsTime();

    /// Fits a model. Suspect readings are used neither for the fit nor for validation; see [Dataset#clean].
    ///
    /// @param train training data; the only source of the scaling
    /// @param validation data later than `train`, for early stopping and the widths of the prediction intervals
    /// @param progress called after every pass over the data, on the calling thread
    /// @return the model with its card. Its `validationRmse` metrics are measured on data that the fit has used, so
    ///     judge it on other data
    /// @throws IllegalArgumentException if the data are not enough; the message says what is missing
    /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted meanwhile
    ForecastModel fit(Dataset train, Dataset validation, FitSettings settings, FitProgress progress);
}
