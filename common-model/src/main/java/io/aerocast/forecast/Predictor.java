package io.aerocast.forecast;

/// Forecasts from a lookback. Checks and comparisons of forecasts need no more of a model than this.
public interface Predictor {

    /// Origin and contract of the forecasts.
    ModelCard card();

    /// Forecasts every horizon of the card.
    ///
    /// @param lookback at least `card().lookback()` rows (only the newest are used) of the card's features
    /// @throws IllegalArgumentException if the lookback has too few rows, other features, no latest reading of the
    ///     target, or no origin although the model needs the time
    Prediction predict(Lookback lookback);
}
