package io.aerocast.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.forecast.ModelCard;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model that serves, in replies.
///
/// @param feature the target that it forecasts
/// @param model the kind of model
/// @param shipped whether it is a model that AeroCast ships, not one of a training here
/// @param trainedAt wall-clock time of the training
/// @param trainedFrom first observation time of its training data
/// @param trainedTo last observation time of its training data
/// @param coverage nominal coverage of its prediction intervals
/// @param replaced the version that it replaced here, absent for the first one
/// @param restored whether the replaced version was trained later: a rollback
/// @param since time at which this replica began to serve it
/// @param swaps number of models that replaced another one here since the service started
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(
        String feature,
        String model,
        String version,
        boolean shipped,
        Instant trainedAt,
        Instant trainedFrom,
        Instant trainedTo,
        double coverage,
        @Nullable String replaced,
        boolean restored,
        Instant since,
        int swaps) {

    public static ModelView of(Serving serving) {
        ModelCard card = serving.model().card();
        return new ModelView(
                card.target(),
                card.model(),
                card.version(),
                serving.model().shipped(),
                card.trainedAt(),
                card.trainedFrom(),
                card.trainedTo(),
                card.coverage(),
                serving.replaced(),
                serving.restored(),
                serving.since(),
                serving.swaps());
    }
}
