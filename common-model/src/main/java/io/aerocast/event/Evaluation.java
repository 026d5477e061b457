package io.aerocast.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A forecast compared with the observed value.
///
/// @param forecastId the forecast's id, or `null` where a client reported only the values
/// @param model the kind of model, or `unknown`
/// @param modelVersion the model's version, or `unknown`
/// @param target the time that was forecast, or `null` where the client did not report it
/// @param horizon steps ahead, at least 1
/// @param predicted the forecast, in the target's unit
/// @param actual the observed value, in the target's unit
/// @param persistence the forecast by persistence, or `null` where it is unknown
/// @param source origin of the comparison
/// @param lower lower bound of the forecast's interval, or `null` where it is unknown
/// @param upper upper bound of the forecast's interval, or `null` where it is unknown
public record Evaluation(
        @Nullable String forecastId,
        String pipeline,
        String station,
        String model,
        String modelVersion,
        @Nullable Instant target,
        int horizon,
        double predicted,
        double actual,
        @Nullable Double persistence,
        EvaluationSource source,
        @Nullable Double lower,
        @Nullable Double upper) {

    public Evaluation {
        Require.text("an evaluation's pipeline", pipeline);
        Require.text("an evaluation's station", station);
        Require.text("an evaluation's model", model);
        Require.text("an evaluation's model version", modelVersion);
        Require.atLeast("an evaluation's horizon", 1, horizon);
        Require.finite("an evaluation's predicted value", predicted);
        Require.finite("an evaluation's actual value", actual);
        Require.present("an evaluation's source", source);
    }

    /// An evaluation of a forecast whose interval is unknown.
    public Evaluation(
            @Nullable String forecastId,
            String pipeline,
            String station,
            String model,
            String modelVersion,
            @Nullable Instant target,
            int horizon,
            double predicted,
            double actual,
            @Nullable Double persistence,
            EvaluationSource source) {
        this(
                forecastId,
                pipeline,
                station,
                model,
                modelVersion,
                target,
                horizon,
                predicted,
                actual,
                persistence,
                source,
                null,
                null);
    }

    /// The observed value minus the forecast, in the target's unit.
    public double residual() {
        return actual - predicted;
    }

    /// Whether the observed value lies within the forecast's interval, bounds included; empty if that is unknown.
    public Optional<Boolean> held() {
        return lower == null || upper == null ? Optional.empty() : Optional.of(lower <= actual && actual <= upper);
    }
}
