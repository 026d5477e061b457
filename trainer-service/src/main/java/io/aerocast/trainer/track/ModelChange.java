package io.aerocast.trainer.track;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Another version of a model serves, without a training: a rollback.
///
/// @param feature the feature that it forecasts, or `null` in a message of an earlier version: the first one
/// @param model the kind, one of [io.aerocast.forecast.ModelKinds#TRAINED]
/// @param version the version that serves now
/// @param before the version that served until now
/// @param at wall-clock time of the change
/// @param note the reason, for a person
/// @param registeredAs the name under which the models of the feature are registered; default: the pipeline's
public record ModelChange(
        String pipeline,
        @Nullable String feature,
        String model,
        String version,
        String before,
        Instant at,
        String note,
        @Nullable String registeredAs) {

    /// The name under which the models of the feature are registered.
    @Override
    public String registeredAs() {
        return Objects.requireNonNullElse(registeredAs, pipeline);
    }
}
