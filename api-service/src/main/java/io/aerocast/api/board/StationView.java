package io.aerocast.api.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.api.evaluate.RollingError;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One station in the reply of `GET /latest`.
///
/// @param target name of the feature that is forecast
/// @param unit unit of all forecasts and errors
/// @param observation the newest one
/// @param arrived its arrival on the topic, by the broker's clock
/// @param recent the target's readings in the last two lookbacks, oldest first
/// @param forecasts the newest per model and horizon
/// @param errors rolling errors per source, model and horizon
record StationView(
        String pipeline,
        String station,
        String target,
        String unit,
        Observation observation,
        Instant arrived,
        List<Reading> recent,
        List<Forecast> forecasts,
        List<RollingError> errors,
        Drift drift) {

    /// @param timestamp time of the observation
    /// @param value in the target's unit
    record Reading(Instant timestamp, double value) {}

    /// @param since time of the observation that changed the state, absent if it never changed
    /// @param reason a sentence for people, absent if the state never changed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Drift(
            DriftState state,
            @Nullable Instant since,
            @Nullable String reason) {

        /// The state of a station without a change.
        static final Drift CALM = new Drift(DriftState.CALM, null, null);

        static Drift of(DriftChanged change) {
            return new Drift(change.to(), change.at(), change.reason());
        }
    }
}
