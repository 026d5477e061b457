package io.aerocast.forecast;

/// A model at work on the stream of one station. It may learn from what comes true, so it is asked in order of
/// time. Not safe for use by several threads.
@FunctionalInterface
public interface StationForecaster {

    /// Learns from what the lookback shows to have come true, then forecasts every horizon of the model's card.
    ///
    /// @param lookback as for [ForecastModel#predict]; one whose origin is not later than that of an earlier one
    ///     teaches nothing
    /// @throws IllegalArgumentException as [ForecastModel#predict]
    Prediction predict(Lookback lookback);
}
