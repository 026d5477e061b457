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

/// Where one station stands, as `GET /latest` shows it.
///
/// @param target the feature that is forecast
/// @param unit of every forecast and error
/// @param observation the newest one
/// @param arrived when it came to the topic, by the broker's clock
/// @param recent the target's newest readings, the oldest first, for two lookbacks
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

    /// @param since time of the observation that changed the state, absent where it never changed
    /// @param reason one sentence for a person, absent where the state never changed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Drift(
            DriftState state,
            @Nullable Instant since,
            @Nullable String reason) {

        /// A station whose state never changed.
        static final Drift CALM = new Drift(DriftState.CALM, null, null);

        static Drift of(DriftChanged change) {
            return new Drift(change.to(), change.at(), change.reason());
        }
    }
}
