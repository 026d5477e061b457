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

    private final PipelineRecord seen = new PipelineRecord(SIM, "gru");
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
        assertThat(healing.calm()).isEqualTo(new ErrorSpan(HEATWAVE, OptionalDouble.of(0.5), OptionalDouble.of(1)));
        assertThat(healing.drifted()).isEqualTo(new ErrorSpan(40, OptionalDouble.of(4), OptionalDouble.of(1)));
        assertThat(healing.healed().count()).isEqualTo(60);
        assertThat(healing.healed().rmse().orElseThrow()).isCloseTo(0.6, within(1e-9));
        // The old model below always forecasts 0, and the temperature is 20.
        assertThat(healing.oldModelRmse()).hasValue(20);
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
                .contains("the new model's error 20.000 is not below the old model's 20.000 on the same observations");
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

        assertThat(Healing.of(seen, Optional.empty(), new Hindsight(_ -> Optional.empty()))
                        .missing())
                .contains("the heatwave has not come yet");
    }

    private Healing healing() {
        return Healing.of(
                seen,
                Optional.of(at(HEATWAVE)),
                new Hindsight(v -> v.equals("v1") ? Optional.of(zero()) : Optional.empty()));
    }

    /// Forecasts that miss a steady 20 °C by an error, while persistence misses it by 1.
    private void evaluated(String version, int count, double error) {
        for (int i = 0; i < count; i++, steps++) {
            Instant target = at(steps);
            seen.observed(new Observation("sim", "s", target, Map.of("temperature", 20.0)));
            // History for the first lookbacks.
            seen.observed(new Observation("sim", "s", at(steps - 30), Map.of("temperature", 20.0)));
            Instant origin = SIM.after(target, -1);
            seen.forecast(
                    new Forecast("id", "sim", "s", "gru", version, origin, target, 1, 20, 19, 21, 20), wall(steps));
            seen.evaluated(new Evaluation(
                    "id", "sim", "s", "gru", version, target, 1, 20 - error, 20, 21.0, EvaluationSource.MATCHED));
        }
    }

    private void drift(int step, String episode) {
        seen.driftChanged(new DriftChanged(
                "sim",
                "s",
                "gru",
                "v1",
                DriftState.CALM,
                DriftState.DRIFT,
                at(step),
                since(episode),
                episode,
                "test",
                Map.of()));
    }

    /// Eighteen seconds before the next forecast.
    private void signal(String episode) {
        seen.signalled(
                new RetrainSignal("id", "sim", RetrainReason.DRIFT, START, "s", since(episode), "test", Map.of()),
                wall(steps).minusSeconds(18));
    }

    private void published(String version, String signalId) {
        seen.published(new ModelPublished(
                "sim", "gru", version, START, RetrainReason.DRIFT, signalId, START, Map.of(), "sha", new byte[0]));
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
