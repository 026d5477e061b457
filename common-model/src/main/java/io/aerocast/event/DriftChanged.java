package io.aerocast.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The drift state of the forecasts of one feature of a station changed.
///
/// @param feature name of the feature, or `null` in an event of an earlier version: the pipeline's first one
/// @param model the kind of model whose errors decided
/// @param modelVersion the version of that model
/// @param horizon steps ahead of the forecasts that decided, or `null` where the readings decided
/// @param fault the fault of the sensor, or `null` unless the state is `sensor-fault`
/// @param from the state before
/// @param to the state now
/// @param at timestamp of the observation that caused the change
/// @param changedSince estimated time at which the errors began to grow, or `null` outside an episode
/// @param episode id of the drift episode, or `null` outside one
/// @param reason one sentence for a person
/// @param evidence the detector's numbers, by name
public record DriftChanged(
        String pipeline,
        String station,
        @Nullable String feature,
        String model,
        String modelVersion,
        @Nullable Integer horizon,
        @Nullable Fault fault,
        DriftState from,
        DriftState to,
        Instant at,
        @Nullable Instant changedSince,
        @Nullable String episode,
        String reason,
        Map<String, Double> evidence) {

    public DriftChanged {
        Require.text("a drift change's pipeline", pipeline);
        Require.text("a drift change's station", station);
        Require.text("a drift change's model", model);
        Require.text("a drift change's model version", modelVersion);
        Require.present("a drift change's former state", from);
        Require.present("a drift change's state", to);
        Require.present("a drift change's time", at);
        Require.text("a drift change's reason", reason);
        evidence = Require.sorted(evidence);
    }
}
