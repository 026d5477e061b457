package io.aerocast.trainer.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that was measured on the hold-out. All lists are by ascending horizon; at each horizon every forecaster
/// is measured on the same origins.
///
/// @param candidate the fitted model
/// @param champion the model that it would replace; empty if there is none to compare with
/// @param persistence the latest reading as the forecast
/// @param championVersion version of the champion, or `null` if there is none to compare with
/// @param test candidate against champion at the first horizon, or `null` if there is none to compare with
/// @param varianceRatio variance of the candidate's forecasts over that of what came true, at the first horizon
/// @param coverage part of what came true that lay inside the candidate's intervals, at the first horizon
public record Scores(
        List<Accuracy> candidate,
        List<Accuracy> champion,
        List<Accuracy> persistence,
        @Nullable String championVersion,
        @Nullable DieboldMariano test,
        double varianceRatio,
        double coverage) {

    public Scores {
        candidate = List.copyOf(candidate);
        champion = List.copyOf(champion);
        persistence = List.copyOf(persistence);
    }

    /// The candidate's error at the first horizon, in the target's unit.
    public double rmse() {
        return candidate.getFirst().rmse();
    }

    /// The champion's error at the first horizon, in the target's unit.
    public Optional<Double> championRmse() {
        return champion.stream().findFirst().map(Accuracy::rmse);
    }

    /// The error of persistence at the first horizon, in the target's unit.
    public double persistenceRmse() {
        return persistence.getFirst().rmse();
    }

    /// The finite numbers by name: `rmse.h1`, `champion.rmse.h1`, `persistence.mae.h6`, `count.h1`, `p.value` …
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        add(metrics, "", candidate);
        add(metrics, "champion.", champion);
        add(metrics, "persistence.", persistence);
        metrics.put("variance.ratio", varianceRatio);
        metrics.put("coverage", coverage);
        if (test != null) {
            metrics.put("dm.statistic", test.statistic());
            metrics.put("p.value", test.pValue());
        }
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    private static void add(Map<String, Double> metrics, String prefix, List<Accuracy> accuracies) {
        for (Accuracy accuracy : accuracies) {
            String suffix = ".h" + accuracy.horizon();
            metrics.put(prefix + "rmse" + suffix, accuracy.rmse());
            metrics.put(prefix + "mae" + suffix, accuracy.mae());
            if (prefix.isEmpty()) {
                metrics.put("count" + suffix, (double) accuracy.count());
            }
        }
    }
}
