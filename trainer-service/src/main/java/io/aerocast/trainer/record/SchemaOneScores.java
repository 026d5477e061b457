package io.aerocast.trainer.record;

import io.aerocast.training.judge.CalmComparison;
import io.aerocast.training.judge.CalmScore;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.IntervalScore;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.AtHorizon;
import io.aerocast.training.score.ScoreName.Forecaster;
import io.aerocast.training.score.ScoreName.Measure;
import io.aerocast.training.score.ScoreName.Overall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The scores of a record of schema 1, which kept some of their numbers by label. The others are `NaN`, and counts
/// are 0.
final class SchemaOneScores {

    private final SchemaOneModel model;
    private final Map<ScoreName, Double> values = new HashMap<>();

    SchemaOneScores(SchemaOneModel model) {
        this.model = model;
        model.metrics().forEach((label, value) -> ScoreName.parse(label).ifPresent(name -> values.put(name, value)));
    }

    Scores scores() {
        return new Scores(
                accuracies(Forecaster.CANDIDATE),
                accuracies(Forecaster.CHAMPION),
                accuracies(Forecaster.PERSISTENCE),
                atEach(horizons(Forecaster.CANDIDATE), this::interval),
                atEach(
                        horizons(Forecaster.CANDIDATE),
                        horizon ->
                                new Skill(horizon, count(horizon), at(Forecaster.CANDIDATE, Measure.SKILL, horizon))),
                model.champion() == null ? null : against(model.champion()),
                calm(),
                overall(Overall.VARIANCE_RATIO),
                overall(Overall.SUSPECT_SHARE));
    }

    private List<Accuracy> accuracies(Forecaster forecaster) {
        return atEach(
                horizons(forecaster),
                horizon -> new Accuracy(
                        horizon,
                        count(horizon),
                        at(forecaster, Measure.RMSE, horizon),
                        at(forecaster, Measure.MAE, horizon)));
    }

    private IntervalScore interval(int horizon) {
        return new IntervalScore(
                count(horizon),
                Optional.ofNullable(model.hyperparameters().get("coverage"))
                        .map(Double::valueOf)
                        .orElse(Double.NaN),
                at(Forecaster.CANDIDATE, Measure.COVERAGE, horizon),
                Double.NaN,
                at(Forecaster.CANDIDATE, Measure.WINKLER, horizon),
                Double.NaN);
    }

    private Against against(String champion) {
        return new Against(
                champion,
                new DieboldMariano(overall(Overall.DM_STATISTIC), overall(Overall.P_VALUE), 0),
                new EValue(overall(Overall.E_VALUE), 0));
    }

    private @Nullable CalmScore calm() {
        Double origins = values.get(Overall.CALM_COUNT);
        Double days = values.get(Overall.CALM_DAYS);
        if (origins == null) {
            return null;
        }
        CalmComparison comparison = days == null
                ? null
                : new CalmComparison(
                        days.intValue(),
                        overall(Overall.CALM_RATIO),
                        new DieboldMariano(Double.NaN, overall(Overall.CALM_P_VALUE), days.intValue()));
        return new CalmScore(origins.intValue(), overall(Overall.CALM_SKILL), comparison);
    }

    /// Ascending. Every forecaster is measured on the same origins. A horizon without a known target has a count
    /// and no error.
    private List<Integer> horizons(Forecaster forecaster) {
        return values.keySet().stream()
                .filter(name -> name instanceof AtHorizon at && at.forecaster() == forecaster)
                .map(name -> ((AtHorizon) name).horizon())
                .distinct()
                .sorted()
                .toList();
    }

    private int count(int horizon) {
        Double count = values.get(new AtHorizon(Forecaster.CANDIDATE, Measure.COUNT, horizon));
        return count == null ? 0 : count.intValue();
    }

    private double at(Forecaster forecaster, Measure measure, int horizon) {
        return values.getOrDefault(new AtHorizon(forecaster, measure, horizon), Double.NaN);
    }

    private double overall(Overall name) {
        return values.getOrDefault(name, Double.NaN);
    }

    private static <T> List<T> atEach(List<Integer> horizons, IntFunction<T> score) {
        return horizons.stream().map(score::apply).toList();
    }
}
