package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The drift state of a target of a station in replies; all but the state and the feature are
/// absent if it never changed.
///
/// @param feature the target
/// @param since time of the observation that changed the state
/// @param reason a sentence for people
/// @param fault the fault of the sensor, absent unless the state is `sensor-fault`
/// @param model the kind of model whose errors decided
/// @param modelVersion the version of that model
/// @param horizon steps ahead of the forecasts that decided, absent where the readings decided
/// @param evidence the detector's numbers, by name
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftView(
        DriftState state,
        String feature,
        @Nullable Instant since,
        @Nullable String reason,
        @Nullable Fault fault,
        @Nullable String model,
        @Nullable String modelVersion,
        @Nullable Integer horizon,
        @Nullable Map<String, Double> evidence) {

    /// A target whose state never changed.
    public static DriftView calm(String feature) {
        return new DriftView(DriftState.CALM, feature, null, null, null, null, null, null, null);
    }

    public static DriftView of(DriftChanged change, String feature) {
        return new DriftView(
                change.to(),
                feature,
                change.at(),
                change.reason(),
                change.fault(),
                change.model(),
                change.modelVersion(),
                change.horizon(),
                change.evidence());
    }
}
