package io.aerocast.standalone.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HealingTest {

    private static final Pipeline SIM = Pipelines.builtIn().require("sim");
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final int HEATWAVE = 200;

    private final PipelineRecord seen = new PipelineRecord(SIM, START);
    private int steps;

    @Test
    void measuresTheWholeWayFromCalmToHealed() {
        evaluated("v1", HEATWAVE, 0.5);
        evaluated("v1", 40, 4);
        drift(HEATWAVE + 21, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 60, 0.6);

        Healing healing = healing();

        assertThat(healing.missing()).isEmpty();
        assertThat(healing.oldVersion()).contains("v1");
        assertThat(healing.newVersion()).contains("v2");
        assertThat(healing.observationsToDetection()).contains(22L);
        assertThat(healing.signalToServing()).contains(Duration.ofSeconds(18));
        assertThat(healing.calm()).isEqualTo(new ErrorSpan(HEATWAVE, OptionalDouble.of(0.5), OptionalDouble.of(2)));
        assertThat(healing.drifted()).isEqualTo(new ErrorSpan(40, OptionalDouble.of(4), OptionalDouble.of(2)));
        assertThat(healing.healed().count()).isEqualTo(60);
        assertThat(healing.healed().rmse().orElseThrow()).isCloseTo(0.6, within(1e-9));
        // Forecasts 0 where the temperature is 19 or 21, and persistence misses it by 2: their blend is in between.
        assertThat(healing.oldModelRmse().orElseThrow()).isBetween(2.0 - 1e-9, 21.0);
    }

    @Test
    void needsSixtyForecastsOfTheNewModel() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 59, 0.5);

        assertThat(healing().missing()).hasValueSatisfying(m -> assertThat(m).contains("60 evaluated forecasts"));
    }

    @Test
    void isNotHealedAtOneAndAHalfTimesTheCalmError() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 60, 0.75);

        assertThat(healing().missing())
                .contains("the new model's error 0.750 is not below 1.5 times the calm error 0.500");
    }

    @Test
    void isNotHealedIfTheOldModelWouldHaveBeenAsGood() {
        evaluated("v1", HEATWAVE, 20);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 60, 20);

        assertThat(healing().missing())
                .hasValueSatisfying(m -> assertThat(m)
                        .matches("the new model's error 20\\.000 is not below the old model's [0-9.]+ on the same "
                                + "observations"));
    }

    @Test
    void aDriftBeforeTheHeatwaveDoesNotCount() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE - 1, "early");
        signal("early");
        evaluated("v2", 60, 0.5);

        assertThat(healing().missing()).contains("no drift was detected");
    }

    @Test
    void aSignalOfAnotherEpisodeDoesNotCount() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE, "episode");
        signal("another");

        assertThat(healing().missing()).contains("the drift raised no retrain signal");
    }

    @Test
    void aModelThatAnswersAnotherSignalIsIgnored() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "manual");
        evaluated("v2", 60, 0.5);
        assertThat(healing().missing()).hasValueSatisfying(m -> assertThat(m).contains("60 evaluated forecasts"));

        published("v3", "id");
        evaluated("v3", 60, 0.5);
        published("v4", "another");
        evaluated("v4", 60, 0.5);
        assertThat(healing().newVersion()).contains("v3");
        assertThat(healing().missing()).isEmpty();
    }

    @Test
    void needsSixtyForecastsBeforeTheHeatwave() {
        evaluated("v0", HEATWAVE - 59, 0.5);
        evaluated("v1", 59, 0.5);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 60, 0.5);

        assertThat(healing().missing())
                .contains("59 forecasts of the model that served were evaluated before the heatwave, 60 are needed");
    }

    @Test
    void isNotHealedBeforeTheHeatwave() {
        evaluated("v1", 100, 0.5);

        assertThat(Healing.of(seen, Optional.empty(), new Hindsight((_, _) -> Optional.empty()))
                        .missing())
                .contains("the heatwave has not come yet");
    }

    @Test
    void modelsThatTakeOverOneAfterAnotherCountFromTheNewestBlend() {
        evaluated("v1", HEATWAVE, 0.5);
        drift(HEATWAVE, "episode");
        signal("episode");
        published("v2", "id");
        evaluated("v2", 60, 5);
        published("v3", "id");
        evaluated("v3", 59, 0.5);
        assertThat(healing().newVersion()).contains("v2");

        evaluated("v3", 1, 0.5);
        assertThat(healing().newVersion()).contains("v3");
        assertThat(healing().missing()).isEmpty();
    }

    @Test
    void driftOfAnotherFeatureDoesNotCount() {
        evaluated("v1", HEATWAVE, 0.5);
        seen.driftChanged(drift(HEATWAVE, "episode", "windspeed"));
        signal("episode");

        assertThat(healing().missing()).contains("no drift was detected");
    }

    private Healing healing() {
        return Healing.of(
                seen,
                Optional.of(at(HEATWAVE)),
                new Hindsight((kind, version) -> kind.equals(SeasonalModel.KIND) && version.equals("v1")
                        ? Optional.of(zero())
                        : Optional.empty()));
    }

    /// Forecasts that miss 19 °C and 21 °C in turn by an error, while persistence misses them by 2.
    private void evaluated(String version, int count, double error) {
        for (int i = 0; i < count; i++, steps++) {
            double actual = temperature(steps);
            Instant target = at(steps);
            seen.observed(new Observation("sim", "s", target, Map.of("temperature", actual)));
            // History for the first lookbacks.
            seen.observed(new Observation("sim", "s", at(steps - 30), Map.of("temperature", temperature(steps - 30))));
            Instant origin = SIM.after(target, -1);
            seen.forecast(forecast(ModelKinds.BLEND, version, origin, actual - error), wall(steps));
            seen.forecast(forecast(SeasonalModel.KIND, version, origin, actual - error), wall(steps));
            seen.evaluated(new Evaluation(
                    "sim",
                    "s",
                    "temperature",
                    ModelKinds.BLEND,
                    target,
                    actual,
                    EvaluationSource.MATCHED,
                    null,
                    List.of(new Evaluation.Pair(1, version, actual - error, temperature(steps - 1), null, null))));
        }
    }

    private static Forecast forecast(String kind, String version, Instant origin, double value) {
        return new Forecast(
                "sim",
                "s",
                "temperature",
                kind,
                version,
                origin,
                List.of(1),
                List.of(value),
                List.of(value - 1),
                List.of(value + 1),
                20,
                false);
    }

    private static double temperature(int step) {
        return Math.floorMod(step, 2) == 0 ? 19 : 21;
    }

    private void drift(int step, String episode) {
        seen.driftChanged(drift(step, episode, "temperature"));
    }

    private static DriftChanged drift(int step, String episode, String feature) {
        return new DriftChanged(
                "sim",
                "s",
                feature,
                ModelKinds.BLEND,
                "v1",
                1,
                null,
                DriftState.CALM,
                DriftState.DRIFT,
                at(step),
                since(episode),
                episode,
                "test",
                Map.of());
    }

    /// Eighteen seconds before the next forecast.
    private void signal(String episode) {
        seen.signalled(
                new RetrainSignal(
                        "id", "sim", RetrainReason.DRIFT, START, "s", "temperature", since(episode), "test", Map.of()),
                wall(steps).minusSeconds(18));
    }

    private void published(String version, String signalId) {
        seen.published(new ModelPublished(
                "sim",
                "temperature",
                SeasonalModel.KIND,
                version,
                START,
                RetrainReason.DRIFT,
                signalId,
                START,
                Map.of("rmse", 1.0),
                "sha",
                new byte[0]));
    }

    private static Instant since(String episode) {
        return at(Math.floorMod(episode.hashCode(), HEATWAVE));
    }

    private static Instant at(int step) {
        return SIM.after(START, step);
    }

    private static Instant wall(int step) {
        return Instant.EPOCH.plusSeconds(step);
    }

    /// Forecasts 0 °C whatever the lookback.
    private static ForecastModel zero() {
        ModelCard card = new ModelCard(
                "sim",
                SeasonalModel.KIND,
                "v1",
                List.of("temperature"),
                24,
                List.of(1),
                START,
                START,
                START,
                1,
                "",
                1,
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                null);
        return new SeasonalModel(
                card, SIM.cadence(), new FourierBasis(List.of()), new double[] {0}, new double[] {0}, new double[] {0});
    }
}
