package io.aerocast.api.model;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;

/// A model that serves. A request uses one model throughout, also if another one is published meanwhile.
///
/// @param model the model
/// @param shipped whether it is a model that AeroCast ships, not one of a training here
public record ServedModel(ForecastModel model, boolean shipped) {

    public ModelCard card() {
        return model.card();
    }

    public String version() {
        return card().version();
    }
}
