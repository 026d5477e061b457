package io.aerocast.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.SmallSettings;
import io.aerocast.training.Training;
import io.aerocast.training.backtest.BacktestResult.FoldResult;
import io.aerocast.training.score.HorizonScore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final int HOURS = 700;
    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            8,
            List.of(1, 3, 12),
            List.of(new Season(Duration.ofHours(24), 2)));

    private static Training training;

    @BeforeAll
    static void start() {
        training = new Training(SmallSettings.of(2, 4, 2, 0.004, 168));
    }

    @Test
    void divideTheDataByTimeWithGapsAsLongAsTheLargestHorizon() {
        BacktestResult result = run(weather(HOURS), 2, "seasonal");

        for (FoldResult fold : result.folds()) {
            // The last target of a part comes before the first origin of the next one.
            assertThat(fold.train().to())
                    .isBefore(PIPELINE.after(fold.validation().from(), PIPELINE.lookback() - 1));
            assertThat(fold.validation().to()).isBefore(fold.fold().testFrom());
        }
        assertThat(result.folds()).extracting(fold -> fold.fold().testFrom()).containsExactly(hour(524), hour(612));
        // Hour 699 has no target in the data.
        assertThat(result.folds()).extracting(FoldResult::origins).containsExactly(88, 87);
        assertThat(result.steps().getFirst().origin()).isEqualTo(hour(524));
        assertThat(result.steps().getLast().origin()).isEqualTo(hour(698));
    }

    @Test
    void modelsDoNotDependOnTheTestData() {
        List<Observation> truth = weather(HOURS);
        BacktestResult base = run(truth, 2, "gru", "seasonal");

        for (FoldResult fold : base.folds()) {
            Instant start = fold.fold().testFrom();
            BacktestResult other = run(changed(truth, start), 2, "gru", "seasonal");
            for (String kind : fold.fits().keySet()) {
                assertThat(sha256(other, fold, kind)).isEqualTo(sha256(base, fold, kind));
            }
        }
        // A change of the training data does change the models.
        BacktestResult other = run(changed(truth, hour(500)), 2, "gru", "seasonal");
        assertThat(sha256(other, base.folds().getFirst(), "gru"))
                .isNotEqualTo(sha256(base, base.folds().getFirst(), "gru"));
    }

    @Test
    void forecastsDoNotDependOnTheFuture() {
        List<Observation> truth = weather(HOURS);
        BacktestResult base = run(truth, 2, "gru", "seasonal");
        for (int change : new int[] {525, 580, 611, 612, 613, 690}) {
            List<Step> before = stepsBefore(hour(change), base);
            List<Step> other = stepsBefore(hour(change), run(changed(truth, hour(change)), 2, "gru", "seasonal"));

            assertThat(before).hasSize(change - 524);
            assertThat(other).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertThat(forecasts(other.get(i))).isEqualTo(forecasts(before.get(i)));
            }
        }
    }

    @Test
    void everyForecasterIsMeasuredOnTheSameForecasts() {
        List<Observation> gappy = new ArrayList<>(weather(HOURS));
        gappy.subList(600, 606).clear();

        Map<String, List<HorizonScore>> scores = run(gappy, 1, "seasonal").scores();

        assertThat(scores.keySet()).containsExactly("blend", "seasonal", "persistence", "seasonal-naive");
        for (List<HorizonScore> forecaster : scores.values()) {
            assertThat(forecaster).extracting(HorizonScore::horizon).containsExactly(1, 3, 12);
            // 176 origins; 6 are missing and two more have too sparse a lookback; h at the end, and 6 targets.
            assertThat(forecaster)
                    .extracting(score -> score.accuracy().count())
                    .containsExactlyElementsOf(scores.get("persistence").stream()
                            .map(score -> score.accuracy().count())
                            .toList());
        }
        HorizonScore persistence = scores.get("persistence").getFirst();
        assertThat(persistence.skill()).isZero();
        assertThat(persistence.interval()).isNull();
        HorizonScore seasonal = scores.get("seasonal").getLast();
        assertThat(seasonal.skill()).isPositive();
        assertThat(Objects.requireNonNull(seasonal.interval()).nominal()).isEqualTo(0.9);
    }

    /// A day that repeats exactly: the seasonal naive forecast is perfect, persistence is off by the change.
    @Test
    void measuresTheReferencesByHand() {
        List<Observation> sawtooth = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            sawtooth.add(at("A", hour, hour % 24));
        }

        Map<String, List<HorizonScore>> scores = run(sawtooth, 1, "seasonal").scores();

        assertThat(scores.get("seasonal-naive"))
                .allSatisfy(score -> assertThat(score.accuracy().rmse()).isZero());
        // Twelve hours ahead it is always off by 12.
        assertThat(scores.get("persistence").getLast().accuracy().mae()).isCloseTo(12, within(1e-12));
    }

    @Test
    void forecastsEachStationOnItsOwn() {
        List<Observation> two = Stream.concat(
                        weather(HOURS).stream(),
                        weather(HOURS).stream().map(o -> new Observation("small", "B", o.timestamp(), o.readings())))
                .toList();

        BacktestResult one = run(weather(HOURS), 1, "seasonal");
        BacktestResult both = run(two, 1, "seasonal");

        assertThat(both.steps()).hasSize(2 * one.steps().size());
        assertThat(both.steps().getFirst().station()).isEqualTo("A");
        assertThat(both.scores().get("persistence").getFirst().accuracy().rmse())
                .isCloseTo(one.scores().get("persistence").getFirst().accuracy().rmse(), within(1e-12));
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> run(List.of(), 1, "seasonal"))
                .hasMessageContaining("not one observation of pipeline small");
        assertThatThrownBy(() -> run(weather(40), 1, "seasonal"))
                .hasMessageContaining("Cannot fit on the observations before")
                .hasMessageContaining("two gaps of 12 steps");
        assertThatThrownBy(() -> training.backtest(List.of("prophet"))).hasMessageContaining("Unknown model 'prophet'");
    }

    private static BacktestResult run(List<Observation> observations, int folds, String... kinds) {
        return training.backtest(List.of(kinds)).run(PIPELINE, observations, 0.75, folds, BacktestProgress.SILENT);
    }

    private static String sha256(BacktestResult result, FoldResult fold, String kind) {
        return Objects.requireNonNull(
                        result.folds().get(fold.fold().number() - 1).fits().get(kind))
                .sha256();
    }

    private static List<Step> stepsBefore(Instant time, BacktestResult result) {
        return result.steps().stream()
                .filter(step -> step.origin().isBefore(time))
                .toList();
    }

    /// All forecasts of a step, to the last bit.
    private static List<Double> forecasts(Step step) {
        List<Double> all = new ArrayList<>(List.of(step.persistence()));
        Arrays.stream(step.seasonalNaive()).forEach(all::add);
        step.predictions().values().forEach(prediction -> {
            Arrays.stream(prediction.value()).forEach(all::add);
            Arrays.stream(prediction.lower()).forEach(all::add);
            Arrays.stream(prediction.upper()).forEach(all::add);
        });
        return all;
    }

    /// A daily cycle, an AR(1) process and noise.
    private static List<Observation> weather(int hours) {
        Random random = new Random(7);
        List<Observation> observations = new ArrayList<>();
        double anomaly = 0;
        for (int hour = 0; hour < hours; hour++) {
            anomaly = 0.9 * anomaly + random.nextGaussian();
            observations.add(at("A", hour, 15 + 5 * Math.sin(2 * Math.PI * hour / 24) + anomaly));
        }
        return observations;
    }

    /// The same observations before a time, and entirely different ones from then on.
    private static List<Observation> changed(List<Observation> observations, Instant from) {
        return observations.stream()
                .map(o -> o.timestamp().isBefore(from)
                        ? o
                        : at(
                                "A",
                                hourOf(o),
                                40 - 2 * Objects.requireNonNull(o.readings().get("temperature"))))
                .toList();
    }

    private static Observation at(String station, int hour, double value) {
        return new Observation("small", station, hour(hour), Map.of("temperature", value));
    }

    private static int hourOf(Observation observation) {
        return (int) Duration.between(hour(0), observation.timestamp()).toHours();
    }

    private static Instant hour(int hour) {
        return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour));
    }
}
