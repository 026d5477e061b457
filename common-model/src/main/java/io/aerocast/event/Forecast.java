package io.aerocast.event;

import java.time.Instant;

/// One forecast of a pipeline's target for one future time.
///
/// @param id names this forecast for as long as it is remembered; the same inputs give the same id
/// @param model the kind of model: `gru` or `seasonal`
/// @param modelVersion the version of the model that made it
/// @param origin grid time of the last observation that the model saw
/// @param target grid time that is forecast: `horizon` steps after `origin`
/// @param horizon steps ahead, at least 1
/// @param value the forecast, in the target's unit
/// @param lower lower bound of the prediction interval
/// @param upper upper bound of the prediction interval
/// @param persistence the target's value at `origin`: what a forecast by persistence would say
public record Forecast(
        String id,
        String pipeline,
        String station,
        String model,
        String modelVersion,
        Instant origin,
        Instant target,
        int horizon,
        double value,
        double lower,
        double upper,
        double persistence) {

    public Forecast {
        Require.text(id, "a forecast's id");
        Require.text(pipeline, "a forecast's pipeline");
        Require.text(station, "a forecast's station");
        Require.text(model, "a forecast's model");
        Require.text(modelVersion, "a forecast's model version");
        Require.present(origin, "a forecast's origin");
        Require.present(target, "a forecast's target time");
        Require.positive(horizon, "a forecast's horizon");
        Require.finite(value, "a forecast's value");
        Require.finite(lower, "a forecast's lower bound");
        Require.finite(upper, "a forecast's upper bound");
        Require.finite(persistence, "a forecast's persistence value");
    }

    /// The identity of a forecast: equal for equal station, model, version, origin and horizon. Models of two kinds
    /// that come from one training share a version.
    public static String idOf(
            String pipeline, String station, String model, String modelVersion, Instant origin, int horizon) {
        return "%s/%s/%s/%s/%s/%d".formatted(pipeline, station, model, modelVersion, origin, horizon);
    }
}
