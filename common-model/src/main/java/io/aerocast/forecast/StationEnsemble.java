package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Everything that forecasts one feature of one station: the models that serve, and their blend. The live stream, the
/// backtest and the drift benchmark all forecast with this class, so that they measure what is served.
///
/// For each grid time, in order of time: first [#observe], then [#forecast]. Deterministic: the same calls give the
/// same forecasts. Not safe for use by several threads.
public final class StationEnsemble {

    private final Pipeline view;
    private final Map<String, StationModel> models = new TreeMap<>();
    private @Nullable Blend blend;

    /// @param view the view of the feature, see [Pipeline#view]
    public StationEnsemble(Pipeline view) {
        this.view = view;
    }

    /// The forecasts of one kind of model.
    ///
    /// @param prediction shape [horizons of the pipeline]
    /// @param extrapolating whether the lookback resembles no training data
    public record Issued(String kind, String version, Prediction prediction, boolean extrapolating) {}

    /// The outcomes of the intervals of one kind of model.
    public record Observed(String kind, List<IntervalOutcome> outcomes) {}

    /// Sets the models at work. A version that is new here first learns from the station's history; the others go on.
    ///
    /// @param serving at most one model of each trained kind, all of this feature
    /// @param history includes the observations at `origin`
    /// @param origin grid time of the forecast that comes next
    public void serve(Collection<? extends ForecastModel> serving, StationSeries history, Instant origin) {
        throw new UnsupportedOperationException();
    }

    /// Adapts intervals and weights to an observed value; call it before the forecast from the same grid time.
    ///
    /// @param slot grid time
    /// @param actual the feature's reading; `NaN` where it is missing
    /// @return the outcomes of the intervals that were issued for this grid time, by kind of model
    public List<Observed> observe(Instant slot, double actual) {
        throw new UnsupportedOperationException();
    }

    /// Forecasts with every model, and with the blend of those that could. All values and bounds lie within the
    /// feature's plausible range.
    ///
    /// @param slot grid time of the lookback's last row
    /// @param failed receives the kind of each model that could not forecast from this lookback, and why
    /// @return by kind of model; the blend first; empty if no model could forecast
    public List<Issued> forecast(Instant slot, Lookback lookback, BiConsumer<String, RuntimeException> failed) {
        throw new UnsupportedOperationException();
    }

    /// The weight of each part of the blend at each horizon, the parts being the kinds at work and
    /// [ModelKinds#PERSISTENCE].
    ///
    /// @return shape [horizons of the pipeline] by part; at each horizon the weights are at least 0 and sum to 1
    public Map<String, double[]> weights() {
        throw new UnsupportedOperationException();
    }
}
