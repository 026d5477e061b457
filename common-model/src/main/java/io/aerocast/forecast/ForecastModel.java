package io.aerocast.forecast;

/// A fitted model, ready to serve. Implementations are immutable and may be shared between threads.
///
/// A new kind of model is one class here, one `Fitter` and one ONNX graph in the training library. The switches
/// over this type have no default, so the compiler names every place that needs a case; [ModelKinds] lists the
/// name.
public sealed interface ForecastModel extends Predictor permits GruModel, SeasonalModel, RidgeModel {

    /// Whether the model rejects a lookback without an origin.
    boolean needsTime();

    /// Starts the model at work on one station. A model that does not learn online forecasts there as everywhere.
    default StationForecaster forStation() {
        return this::predict;
    }
}
