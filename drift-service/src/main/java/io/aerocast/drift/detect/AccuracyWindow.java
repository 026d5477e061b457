package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation.Pair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The latest outcomes of one version of a model at one horizon. Safe for use by several threads.
final class AccuracyWindow {

    /// Two days of hourly forecasts.
    static final int SIZE = 48;

    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private @Nullable String version;

    /// @param squared squared error, in the squared unit of the feature
    /// @param persistence squared error of persistence, or `NaN` where it is unknown
    /// @param held 1 if the observed value lay within the interval, 0 if not, or `NaN` where it is unknown
    private record Outcome(double squared, double persistence, double held) {

        boolean comparable() {
            return Double.isFinite(persistence);
        }
    }

    /// Adds a forecast with its observed value. Another version than before starts anew.
    synchronized void add(Pair pair, double actual) {
        if (!pair.modelVersion().equals(version)) {
            version = pair.modelVersion();
            outcomes.clear();
        }
        Double persistence = pair.persistence();
        outcomes.addLast(new Outcome(
                square(pair.residual(actual)),
                persistence == null ? Double.NaN : square(actual - persistence),
                pair.held(actual).map(held -> held ? 1.0 : 0.0).orElse(Double.NaN)));
        if (outcomes.size() > SIZE) {
            outcomes.removeFirst();
        }
    }

    /// In the unit of the feature; `NaN` without any outcome.
    synchronized double rmse() {
        return Math.sqrt(mean(Outcome::squared));
    }

    /// In the unit of the feature; `NaN` where persistence is unknown.
    synchronized double persistenceRmse() {
        return Math.sqrt(mean(Outcome::persistence));
    }

    /// 1 − MSE / MSE of persistence, over the outcomes where both are known; `NaN` if there is none, or if
    /// persistence was exact.
    synchronized double skill() {
        double model = outcomes.stream()
                .filter(Outcome::comparable)
                .mapToDouble(Outcome::squared)
                .sum();
        double persistence = outcomes.stream()
                .filter(Outcome::comparable)
                .mapToDouble(Outcome::persistence)
                .sum();
        return persistence > 0 ? 1 - model / persistence : Double.NaN;
    }

    /// Share of observed values within their intervals; `NaN` where these are unknown.
    synchronized double coverage() {
        return mean(Outcome::held);
    }

    private double mean(ToDoubleFunction<Outcome> value) {
        return outcomes.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static double square(double value) {
        return value * value;
    }
}
