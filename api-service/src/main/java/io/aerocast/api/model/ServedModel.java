package io.aerocast.api.model;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;

/// A model that serves. A request that holds one is answered by it from beginning to end, whatever is published
/// meanwhile.
///
/// @param model the model
/// @param shipped whether it came with AeroCast, and not from a training here
public record ServedModel(ForecastModel model, boolean shipped) {

    public ModelCard card() {
        return model.card();
    }

    public String version() {
        return card().version();
    }
}
