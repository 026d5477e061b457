package io.aerocast.standalone.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.ModelPublished;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServedGoalTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Instant START = Instant.parse("2013-03-01T00:00:00Z");

    private final PipelineRecord seen = new PipelineRecord(NOAA, START);

    @Test
    void isMetByAPromotionAndSkillOfEveryTargetNearAndFar() {
        published(Map.of("rmse", 1.0));
        NOAA.targets().forEach(target -> evaluated(target, 1, 2));

        assertThat(ServedGoal.missing(seen)).isEmpty();
    }

    @Test
    void needsAPromotion() {
        published(Map.of());
        NOAA.targets().forEach(target -> evaluated(target, 1, 2));

        assertThat(ServedGoal.missing(seen)).contains("no model of noaa was promoted");
        assertThat(seen.publications().rollbacks()).isEqualTo(1);
    }

    @Test
    void needsForecastsOfEveryTarget() {
        published(Map.of("rmse", 1.0));
        evaluated("temperature", 1, 2);

        assertThat(ServedGoal.missing(seen)).contains("no forecast of windspeed 1 steps ahead was evaluated");
    }

    @Test
    void needsAnErrorBelowThatOfPersistence() {
        published(Map.of("rmse", 1.0));
        evaluated("temperature", 1, 2);
        evaluated("windspeed", 3, 2);
        evaluated("pressure", 1, 2);

        assertThat(ServedGoal.missing(seen))
                .contains("the skill of windspeed 1 steps ahead is -1.250 over the newest 1 values; above 0 is needed");
    }

    /// Errors of 3 and 4 against 10 and 0: the mean squares are 12.5 and 50.
    @Test
    void skillIsARatioOfMeanSquares() {
        evaluated("temperature", 3, 10);
        evaluated("temperature", 4, 0);

        ServedScores.Score score = seen.scores().of("temperature").get(6);

        assertThat(score.forecasts()).isEqualTo(2);
        assertThat(score.skill()).isCloseTo(0.75, within(1e-9));
        // The intervals reach 3.5 to both sides.
        assertThat(score.coverage()).isEqualTo(0.5);
    }

    @Test
    void onlyTheNewestValuesCount() {
        evaluated("temperature", 9, 1);
        for (int i = 0; i < ServedScores.NEWEST; i++) {
            evaluated("temperature", 1, 2);
        }

        assertThat(seen.scores().of("temperature").get(24).skill()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void forecastsOfAPartDoNotCount() {
        evaluated(GruModel.KIND, "temperature", 1, 2);

        assertThat(seen.scores().of("temperature")).isEmpty();
    }

    private void evaluated(String feature, double error, double persistenceError) {
        evaluated(ModelKinds.BLEND, feature, error, persistenceError);
    }

    private void evaluated(String kind, String feature, double error, double persistenceError) {
        double actual = 10;
        List<Pair> pairs = Stream.of(1, 6, 12, 24)
                .map(horizon -> new Pair(
                        horizon,
                        "v1",
                        actual - error,
                        actual - persistenceError,
                        actual - error - 3.5,
                        actual - error + 3.5))
                .toList();
        seen.evaluated(
                new Evaluation("noaa", "KJFK", feature, kind, START, actual, EvaluationSource.MATCHED, null, pairs));
    }

    private void published(Map<String, Double> metrics) {
        seen.published(new ModelPublished(
                "noaa", "windspeed", GruModel.KIND, "v2", START, null, "id", START, metrics, "sha", new byte[0]));
    }
}
