package io.aerocast.training.judge;

import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.IntervalScore;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.AtHorizon;
import io.aerocast.training.score.ScoreName.Forecaster;
import io.aerocast.training.score.ScoreName.Measure;
import io.aerocast.training.score.ScoreName.Overall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
/// @param varianceRatio variance of the candidate's forecasts over that of the observations, at the first
///     horizon
/// @param suspectShare largest fraction of suspect recent readings of a feature
/// @param pooled scores over all horizons together, or `null` in records of versions that had none
public record Scores(
        List<Accuracy> candidate,
        List<Accuracy> champion,
        List<Accuracy> persistence,
        List<IntervalScore> intervals,
        List<Skill> skills,
        @Nullable Against against,
        @Nullable CalmScore calm,
        double varianceRatio,
        double suspectShare,
        @Nullable Pooled pooled) {

    public Scores {
        candidate = List.copyOf(candidate);
        champion = List.copyOf(champion);
        persistence = List.copyOf(persistence);
        intervals = List.copyOf(intervals);
        skills = List.copyOf(skills);
    }

    /// Without pooled scores, as recorded by earlier versions.
    public Scores(
            List<Accuracy> candidate,
            List<Accuracy> champion,
            List<Accuracy> persistence,
            List<IntervalScore> intervals,
            List<Skill> skills,
            @Nullable Against against,
            @Nullable CalmScore calm,
            double varianceRatio,
            double suspectShare) {
        this(candidate, champion, persistence, intervals, skills, against, calm, varianceRatio, suspectShare, null);
    }

    /// Candidate against champion over all horizons and stations; in records of earlier versions, at the first
    /// horizon.
    ///
    /// @param version of the champion
    /// @param test Diebold-Mariano test, valid for a single comparison on a fixed amount of data
    /// @param evidence e-value, valid for any number of comparisons
    public record Against(String version, DieboldMariano test, EValue evidence) {}

    /// Scores over all horizons together.
    ///
    /// @param ratio the candidate's error over the champion's, see [PairedLosses#ratio]; `NaN` without a
    ///     champion
    /// @param skill against persistence
    /// @param coverage of the candidate's intervals
    public record Pooled(double ratio, double skill, double coverage) {}

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

    /// The finite scores by name.
    public Map<ScoreName, Double> values() {
        Map<ScoreName, Double> values = new LinkedHashMap<>();
        put(values, Forecaster.CANDIDATE, candidate);
        put(values, Forecaster.CHAMPION, champion);
        put(values, Forecaster.PERSISTENCE, persistence);
        candidate.forEach(accuracy -> put(values, Measure.COUNT, accuracy.horizon(), accuracy.count()));
        skills.forEach(skill -> put(values, Measure.SKILL, skill.horizon(), skill.skill()));
        for (int h = 0; h < intervals.size(); h++) {
            int horizon = candidate.get(h).horizon();
            put(values, Measure.COVERAGE, horizon, intervals.get(h).coverage());
            put(values, Measure.WINKLER, horizon, intervals.get(h).winkler());
        }
        values.put(Overall.VARIANCE_RATIO, varianceRatio);
        values.put(Overall.SUSPECT_SHARE, suspectShare);
        if (pooled != null) {
            values.put(Overall.POOLED_RATIO, pooled.ratio());
            values.put(Overall.POOLED_SKILL, pooled.skill());
            values.put(Overall.POOLED_COVERAGE, pooled.coverage());
        }
        if (against != null) {
            values.put(Overall.DM_STATISTIC, against.test().statistic());
            values.put(Overall.P_VALUE, against.test().pValue());
            values.put(Overall.E_VALUE, against.evidence().value());
        }
        if (calm != null) {
            put(values, calm);
        }
        values.values().removeIf(value -> !Double.isFinite(value));
        return values;
    }

    /// The finite scores by the label of their name: `rmse.h1`, `champion.rmse.h1`, `p.value` …; see
    /// [ScoreName].
    public SortedMap<String, Double> metrics() {
        return ScoreName.byLabel(values());
    }

    private static void put(Map<ScoreName, Double> values, Forecaster forecaster, List<Accuracy> accuracies) {
        for (Accuracy accuracy : accuracies) {
            values.put(new AtHorizon(forecaster, Measure.RMSE, accuracy.horizon()), accuracy.rmse());
            values.put(new AtHorizon(forecaster, Measure.MAE, accuracy.horizon()), accuracy.mae());
        }
    }

    private static void put(Map<ScoreName, Double> values, Measure measure, int horizon, double value) {
        values.put(new AtHorizon(Forecaster.CANDIDATE, measure, horizon), value);
    }

    private static void put(Map<ScoreName, Double> values, CalmScore calm) {
        values.put(Overall.CALM_COUNT, (double) calm.origins());
        values.put(Overall.CALM_SKILL, calm.skill());
        CalmComparison comparison = calm.against();
        if (comparison != null) {
            values.put(Overall.CALM_DAYS, (double) comparison.days());
            values.put(Overall.CALM_RATIO, comparison.ratio());
            values.put(Overall.CALM_P_VALUE, comparison.forgotten().pValue());
        }
    }
}
