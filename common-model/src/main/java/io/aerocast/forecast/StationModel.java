package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;

/// One version of a model at work on one station: its online learning and the width of its prediction intervals.
/// The live stream and the backtest both forecast with this class, so a backtest measures what is served.
///
/// For each grid time, in order of time: first [#observe], then [#forecast]. Deterministic: the same calls give the
/// same predictions. Not safe for use by several threads.
public final class StationModel {

    private final ModelCard card;
    private final StationForecaster forecaster;
    private final AdaptiveIntervals intervals;
    private final int[] horizons;

    /// Starts with the model as it was fitted.
    ///
    /// @param pipeline gives the time grid
    public StationModel(Pipeline pipeline, ForecastModel model) {
        this(pipeline, model.card(), model.forStation());
    }

    StationModel(Pipeline pipeline, ModelCard card, StationForecaster forecaster) {
        this.card = card;
        this.forecaster = forecaster;
        this.horizons = card.indices(pipeline);
        this.intervals = new AdaptiveIntervals(pipeline, card.coverage());
    }

    /// The kind of model.
    String kind() {
        return card.model();
    }

    /// The end of the training data.
    Instant trainedTo() {
        return card.trainedTo();
    }

    /// The version of the model.
    public String version() {
        return card.version();
    }

    /// Width of the prediction intervals, as multiples of the calibrated ones.
    ///
    /// @return shape [horizons]
    public double[] intervalFactors() {
        return intervals.factors();
    }

    /// Adapts the prediction intervals to an observed value; call it before the forecast from the same grid time.
    ///
    /// @param slot grid time
    /// @param actual the target's reading; `NaN` where it is missing
    /// @return the outcomes of the intervals that were issued for this grid time
    public List<IntervalOutcome> observe(Instant slot, double actual) {
        return intervals.observe(slot, actual);
    }

    /// Forecasts every horizon of the card, which are those of the pipeline. A forecast that is not finite
    /// keeps the bounds of the model, and the
    /// intervals do not learn from it.
    ///
    /// @param slot grid time of the lookback's last row
    /// @throws IllegalArgumentException as [ForecastModel#predict]
    public Prediction forecast(Instant slot, Lookback lookback) {
        Prediction raw = forecaster.predict(lookback);
        return raw.finite() ? intervals.adapt(slot, raw) : raw;
    }

    /// Learns from the readings of the lookback, and forecasts every horizon of the pipeline with the model's own
    /// intervals; [#adapt] gives them those of the station.
    RawForecast raw(Lookback lookback) {
        return RawForecast.of(horizons, card, forecaster, lookback);
    }

    /// Adapts the intervals of a forecast to the station.
    ///
    /// @param slot grid time of the lookback's last row
    Prediction adapt(Instant slot, Prediction raw) {
        return intervals.adapt(slot, raw);
    }
}
