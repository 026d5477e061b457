package io.aerocast.drift.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.drift.detect.DetectorEvidence;
import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The drift state of one feature of a station. A feature that has been calm from its beginning has no decision:
/// all but its state and evidence are absent.
///
/// @param since time of the observation that caused the state
/// @param changedSince estimated time at which the errors began to grow, absent outside an episode
/// @param model kind of model whose errors decided
/// @param version version of that model
/// @param horizon steps ahead of the forecasts that decided, absent where the readings decided
/// @param reason one sentence for a person
/// @param evidence present numbers of each test
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeatureDrift(
        String feature,
        DriftState state,
        @Nullable Fault fault,
        @Nullable Instant since,
        @Nullable Instant changedSince,
        @Nullable String model,
        @Nullable String version,
        @Nullable Integer horizon,
        @Nullable String reason,
        List<TestEvidence> evidence) {

    static FeatureDrift of(String feature, WatchedStation station, List<DetectorEvidence> evidence) {
        List<TestEvidence> own = evidence.stream()
                .filter(e -> feature.equals(e.feature()))
                .map(TestEvidence::of)
                .toList();
        DriftChanged last = station.last().get(feature);
        return last == null
                ? new FeatureDrift(feature, DriftState.CALM, null, null, null, null, null, null, null, own)
                : new FeatureDrift(
                        feature,
                        last.to(),
                        last.fault(),
                        last.at(),
                        last.changedSince(),
                        last.model(),
                        last.modelVersion(),
                        last.horizon(),
                        last.reason(),
                        own);
    }
}
