package io.aerocast.forecast;

/// A model at work on one station, which may learn online from the observed values; the lookbacks come in order of
/// time. Not safe for use by several threads.
@FunctionalInterface
public interface StationForecaster {

    /// Learns from the readings of the lookback, then forecasts every horizon of the model's card.
    ///
    /// @param lookback as for [Predictor#predict]; learning skips one whose origin is not later than all before
    /// @throws IllegalArgumentException as [Predictor#predict]
    Prediction predict(Lookback lookback);
}
