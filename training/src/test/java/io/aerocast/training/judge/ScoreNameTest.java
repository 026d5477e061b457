package io.aerocast.training.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreNameTest {

    @Test
    void parsesEveryNameThatScoresHave() {
        Scores all = scores();

        assertThat(all.values()).hasSize(33);
        assertThat(all.values().keySet())
                .allSatisfy(name -> assertThat(ScoreName.parse(name.label())).contains(name));
        assertThat(all.values().keySet()).contains(Overall.values());
        assertThat(all.metrics().keySet())
                .contains("rmse.h1", "mae.h24", "champion.rmse.h24", "persistence.mae.h1", "count.h24", "skill.h24")
                .contains("coverage.h1", "winkler.h24", "variance.ratio", "suspect.share", "dm.statistic", "p.value")
                .contains("pooled.ratio", "pooled.skill", "pooled.coverage")
                .contains("e.value", "calm.count", "calm.skill", "calm.days", "calm.ratio", "calm.p.value")
                .hasSameSizeAs(all.values().keySet());
    }

    @Test
    void aSeriesIsTheNameWithoutTheHorizon() {
        assertThat(new AtHorizon(Forecaster.CHAMPION, Measure.RMSE, 24).series())
                .isEqualTo("champion.rmse");
        assertThat(new AtHorizon(Forecaster.CANDIDATE, Measure.SKILL, 24).series())
                .isEqualTo("skill");
        assertThat(ScoreName.series(Forecaster.PERSISTENCE, Measure.RMSE)).isEqualTo("persistence.rmse");
        assertThat(Overall.P_VALUE.series()).isEqualTo("p.value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rmse", "rmse.h", "rmse.h0", "rmse.h-1", "rival.rmse.h1", "rmsle.h1", "champion.h1"})
    void aTextThatNamesNoScoreIsNone(String text) {
        assertThat(ScoreName.parse(text)).isEmpty();
    }

    @Test
    void refusesAHorizonBelowOne() {
        assertThatThrownBy(() -> new AtHorizon(Forecaster.CANDIDATE, Measure.MAE, 0))
                .hasMessage("A score's horizon is at least 1 step, found 0");
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        Accuracy unknown = new Accuracy(1, 0, Double.NaN, Double.NaN);
        Scores scores = new Scores(
                List.of(unknown), List.of(), List.of(unknown), List.of(), List.of(), null, null, Double.NaN, 0.1);

        assertThat(scores.metrics()).containsOnlyKeys("count.h1", "suspect.share");
    }

    private static Scores scores() {
        List<Accuracy> accuracies = List.of(new Accuracy(1, 40, 0.7, 0.5), new Accuracy(24, 17, 2.5, 2.0));
        IntervalScore interval = new IntervalScore(40, 0.9, 0.92, 2.1, 3.1, 0.3);
        DieboldMariano test = new DieboldMariano(2.0, 0.03, 40);
        return new Scores(
                accuracies,
                accuracies,
                accuracies,
                List.of(interval, interval),
                List.of(new Skill(1, 40, 0.3), new Skill(24, 17, 0.2)),
                new Against("20261101T000000Z-0000000", test, new EValue(22, 40)),
                new CalmScore(50, 0.4, new CalmComparison(6, 1.01, test)),
                0.8,
                0.01,
                new Scores.Pooled(0.9, 0.3, 0.91));
    }
}
