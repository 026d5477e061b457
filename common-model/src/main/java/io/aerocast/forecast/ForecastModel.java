package io.aerocast.forecast;

/// A fitted model, ready to serve. Implementations are immutable and may be shared between threads.
public interface ForecastModel {

    /// Where it comes from and what it expects.
    ModelCard card();

    /// Forecasts every horizon of the card.
    ///
    /// @param lookback at least `card().lookback()` rows (only the newest are used) of the card's features
    /// @throws IllegalArgumentException if there are too few rows, other features, a missing latest target, or
    ///     no origin where the model needs the time
    Prediction predict(Lookback lookback);

    /// The model at work on the stream of one station, starting from what it was fitted to. One that cannot learn
    /// online
    /// forecasts there as everywhere.
    default StationForecaster forStation() {
        return this::predict;
    }
}
