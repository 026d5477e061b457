package io.aerocast.event;

import java.time.Instant;
import java.util.List;

/// The forecasts of one feature of a station that one model made from one origin, for all horizons.
///
/// @param feature name of the feature that is forecast, a target of the pipeline
/// @param model the kind of model, such as `blend`
/// @param modelVersion the version of the model that made it
/// @param origin grid time of the last observation that the model saw
/// @param horizons steps ahead, ascending, at least one
/// @param value shape [horizons], the forecasts, in the feature's unit
/// @param lower shape [horizons], lower bounds of the prediction intervals
/// @param upper shape [horizons], upper bounds of the prediction intervals
/// @param persistence the forecast by persistence: the observed value at `origin`
/// @param extrapolating whether the lookback resembles no training data of the model, which widens the intervals
public record Forecast(
        String pipeline,
        String station,
        String feature,
        String model,
        String modelVersion,
        Instant origin,
        List<Integer> horizons,
        List<Double> value,
        List<Double> lower,
        List<Double> upper,
        double persistence,
        boolean extrapolating) {

    public Forecast {
        Require.text("a forecast's pipeline", pipeline);
        Require.text("a forecast's station", station);
        Require.text("a forecast's feature", feature);
        Require.text("a forecast's model", model);
        Require.text("a forecast's model version", modelVersion);
        Require.present("a forecast's origin", origin);
        Require.present("a forecast's horizons", horizons);
        Require.atLeast("a forecast's number of horizons", 1, horizons.size());
        horizons.forEach(horizon -> Require.atLeast("a forecast's horizon", 1, horizon));
        horizons = List.copyOf(horizons);
        value = Require.finite("a forecast's values", horizons.size(), value);
        lower = Require.finite("a forecast's lower bounds", horizons.size(), lower);
        upper = Require.finite("a forecast's upper bounds", horizons.size(), upper);
        Require.finite("a forecast's persistence value", persistence);
    }

    /// The identity of the forecast at one horizon, see [#idOf].
    public String id(int horizon) {
        return idOf(pipeline, station, feature, model, modelVersion, origin, horizon);
    }

    /// The identity of a forecast: equal arguments give equal ids. The models of one training share a version, so
    /// feature and kind of model are part of it.
    public static String idOf(
            String pipeline,
            String station,
            String feature,
            String model,
            String modelVersion,
            Instant origin,
            int horizon) {
        return "%s/%s/%s/%s/%s/%s/%d".formatted(pipeline, station, feature, model, modelVersion, origin, horizon);
    }
}
