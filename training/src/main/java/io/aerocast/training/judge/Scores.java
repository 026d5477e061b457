package io.aerocast.training.judge;

import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.IntervalScore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All measurements of a judgement. All lists are by ascending horizon; at each horizon every forecaster is
/// measured on the same origins of the hold-out.
///
/// @param candidate the fitted model
/// @param champion the model that it would replace; empty if there is none to compare with
/// @param persistence accuracy of persistence, which forecasts the latest reading
/// @param intervals quality of the candidate's intervals
/// @param skills of the candidate against persistence, on the hold-out and the calm one together
/// @param against comparison with the champion, or `null` if there is none to compare with
/// @param calm scores on the calm from before the change, or `null` where there is no calm hold-out
/// @param varianceRatio variance of the candidate's forecasts over that of the observations, at the first horizon
/// @param suspectShare largest fraction of suspect recent readings of a feature
public record Scores(
        List<Accuracy> candidate,
        List<Accuracy> champion,
        List<Accuracy> persistence,
        List<IntervalScore> intervals,
        List<Skill> skills,
        @Nullable Against against,
        @Nullable CalmScore calm,
        double varianceRatio,
        double suspectShare) {

    public Scores {
        candidate = List.copyOf(candidate);
        champion = List.copyOf(champion);
        persistence = List.copyOf(persistence);
        intervals = List.copyOf(intervals);
        skills = List.copyOf(skills);
    }

    /// Candidate against champion at the first horizon.
    ///
    /// @param version of the champion
    /// @param test Diebold-Mariano test, valid for a single comparison on a fixed amount of data
    /// @param evidence e-value, valid for any number of comparisons
    public record Against(String version, DieboldMariano test, EValue evidence) {}

    /// Skill against persistence, 1 − MSE / MSE of persistence.
    ///
    /// @param origins number of grid times at which the target was observed
    public record Skill(int horizon, int origins, double skill) {}

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

    /// The champion's version, or `null` if there is none to compare with.
    public @Nullable String championVersion() {
        return against == null ? null : against.version();
    }

    /// Fraction of the observations inside the candidate's intervals, at the first horizon.
    public double coverage() {
        return intervals.getFirst().coverage();
    }

    /// The finite numbers by name: `rmse.h1`, `champion.rmse.h1`, `persistence.mae.h6`, `count.h1`, `skill.h24`,
    /// `coverage.h1`, `winkler.h1`, `p.value`, `e.value`, `calm.ratio` …
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        add(metrics, "", candidate);
        add(metrics, "champion.", champion);
        add(metrics, "persistence.", persistence);
        skills.forEach(skill -> metrics.put("skill.h" + skill.horizon(), skill.skill()));
        for (int h = 0; h < intervals.size(); h++) {
            String suffix = ".h" + candidate.get(h).horizon();
            metrics.put("coverage" + suffix, intervals.get(h).coverage());
            metrics.put("winkler" + suffix, intervals.get(h).winkler());
        }
        metrics.put("variance.ratio", varianceRatio);
        metrics.put("suspect.share", suspectShare);
        if (against != null) {
            metrics.put("dm.statistic", against.test().statistic());
            metrics.put("p.value", against.test().pValue());
            metrics.put("e.value", against.evidence().value());
        }
        if (calm != null) {
            metrics.put("calm.count", (double) calm.origins());
            metrics.put("calm.skill", calm.skill());
            CalmComparison comparison = calm.against();
            if (comparison != null) {
                metrics.put("calm.days", (double) comparison.days());
                metrics.put("calm.ratio", comparison.ratio());
                metrics.put("calm.p.value", comparison.forgotten().pValue());
            }
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
