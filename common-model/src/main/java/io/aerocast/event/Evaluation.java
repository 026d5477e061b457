package io.aerocast.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The observed value of one feature of a station at one time, with the forecasts of it that one kind of model made
/// at earlier times, one per horizon.
///
/// @param feature name of the feature, a target of the pipeline
/// @param model the kind of model, or `unknown`
/// @param target the time that was forecast, or `null` where the client did not report it
/// @param actual the observed value, in the feature's unit
/// @param source origin of the comparison
/// @param forecastId id of the forecast as reported by a client, or `null`; a matched comparison has none
/// @param pairs the forecasts, by ascending horizon, at least one; a reported comparison has one
public record Evaluation(
        String pipeline,
        String station,
        String feature,
        String model,
        @Nullable Instant target,
        double actual,
        EvaluationSource source,
        @Nullable String forecastId,
        List<Pair> pairs) {

    public Evaluation {
        Require.text("an evaluation's pipeline", pipeline);
        Require.text("an evaluation's station", station);
        Require.text("an evaluation's feature", feature);
        Require.text("an evaluation's model", model);
        Require.finite("an evaluation's actual value", actual);
        Require.present("an evaluation's source", source);
        Require.present("an evaluation's pairs", pairs);
        Require.atLeast("an evaluation's number of pairs", 1, pairs.size());
        pairs = List.copyOf(pairs);
    }

    /// A forecast of the observed value.
    ///
    /// @param horizon steps ahead, at least 1
    /// @param modelVersion the version of the model that made it, or `unknown`
    /// @param predicted the forecast, in the feature's unit
    /// @param persistence the forecast by persistence, or `null` where it is unknown
    /// @param lower lower bound of the forecast's interval, or `null` where it is unknown
    /// @param upper upper bound of the forecast's interval, or `null` where it is unknown
    public record Pair(
            int horizon,
            String modelVersion,
            double predicted,
            @Nullable Double persistence,
            @Nullable Double lower,
            @Nullable Double upper) {

        public Pair {
            Require.atLeast("a pair's horizon", 1, horizon);
            Require.text("a pair's model version", modelVersion);
            Require.finite("a pair's predicted value", predicted);
        }

        /// The observed value minus the forecast, in the feature's unit.
        public double residual(double actual) {
            return actual - predicted;
        }

        /// Whether the observed value lies within the interval, bounds included; empty if that is unknown.
        public Optional<Boolean> held(double actual) {
            return lower == null || upper == null ? Optional.empty() : Optional.of(lower <= actual && actual <= upper);
        }
    }

    /// The forecast at one horizon, if there is one.
    public Optional<Pair> at(int horizon) {
        return pairs.stream().filter(pair -> pair.horizon() == horizon).findFirst();
    }
}
