package io.aerocast.event;

import java.time.Instant;

/// One forecast of a pipeline's target for one future time.
///
/// @param id identity, see [#idOf]
/// @param model the kind of model: `gru` or `seasonal`
/// @param modelVersion the version of the model that made it
/// @param origin grid time of the last observation that the model saw
/// @param target grid time of the forecast, `horizon` steps after `origin`
/// @param horizon steps ahead, at least 1
/// @param value the forecast, in the target's unit
/// @param lower lower bound of the prediction interval
/// @param upper upper bound of the prediction interval
/// @param persistence the forecast by persistence: the observed value at `origin`
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
        Require.text("a forecast's id", id);
        Require.text("a forecast's pipeline", pipeline);
        Require.text("a forecast's station", station);
        Require.text("a forecast's model", model);
        Require.text("a forecast's model version", modelVersion);
        Require.present("a forecast's origin", origin);
        Require.present("a forecast's target time", target);
        Require.atLeast("a forecast's horizon", 1, horizon);
        Require.finite("a forecast's value", value);
        Require.finite("a forecast's lower bound", lower);
        Require.finite("a forecast's upper bound", upper);
        Require.finite("a forecast's persistence value", persistence);
    }

    /// The identity of a forecast: equal arguments give equal ids. The models of one training share a version, so
    /// the kind of model is part of it.
    public static String idOf(
            String pipeline, String station, String model, String modelVersion, Instant origin, int horizon) {
        return "%s/%s/%s/%s/%s/%d".formatted(pipeline, station, model, modelVersion, origin, horizon);
    }
}
