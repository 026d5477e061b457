package io.aerocast.training.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Models with a known fault, on a series with a known best forecast: x(t+1) = 0.8·x(t) + noise, about 15.
class FlatOutputCheckTest {

    private static final double MEAN = 15;
    private static final double MEMORY = 0.8;
    private static final int STEPS = 6;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Pipeline pipeline = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            STEPS,
            List.of(1, 2, 3),
            List.of());
    private final Dataset data = data();
    private final FlatOutputCheck check = new FlatOutputCheck(FlatOutputLimits.defaults());

    @Test
    void findsNothingInTheBestForecast() {
        assertThat(symptoms(FlatOutputCheckTest::best)).isEmpty();
        assertThat(findings(FlatOutputCheckTest::best))
                .extracting(FlatOutputCheckTest::symptom)
                .containsExactly(Symptom.values());
    }

    @Test
    void aFlatLineDoesNotVary() {
        assertThat(symptoms((_, _) -> MEAN)).contains(Symptom.VARIANCE);
        assertThat(finding(Symptom.VARIANCE, (_, _) -> MEAN).text())
                .isEqualTo("variance of the forecasts over that of the observations 0.00, allowed 0.5 to 1.2");
    }

    @Test
    void noiseVariesTooMuch() {
        Random random = new Random(1);

        assertThat(symptoms((lookback, horizon) -> best(lookback, horizon) + 3 * random.nextGaussian()))
                .contains(Symptom.VARIANCE, Symptom.NO_SKILL, Symptom.STATE);
    }

    @Test
    void aCopyOfTheLatestReadingIsLagged() {
        assertThat(symptoms((lookback, _) -> lookback.persistence()))
                .containsExactly(Symptom.NO_SKILL, Symptom.DIRECTION, Symptom.LAG, Symptom.SAME_OUTPUT);
        assertThat(forecasts((lookback, _) -> lookback.persistence()).bestLag(0))
                .isEqualTo(1);
        assertThat(finding(Symptom.LAG, (lookback, _) -> lookback.persistence()).text())
                .isEqualTo("without skill, and closest to what was observed 1 steps before the target at horizon 1");
    }

    @Test
    void aCopyOfAnEarlierReadingIsLaggedByMore() {
        ToDoubleBiFunction<Lookback, Integer> earlier = (lookback, _) -> lookback.rows()[lookback.steps() - 2][0];

        Finding lag = finding(Symptom.LAG, earlier);
        assertThat(lag.passed()).isFalse();
        assertThat(lag.text()).contains("observed 2 steps before the target at horizon 1");
        assertThat(forecasts(earlier).bestLag(0)).isEqualTo(2);
    }

    /// Each step is forecast from the one before, with a wrong autoregression: the error grows with the horizon.
    @Test
    void aRecursiveRollOutLosesItsSkillFurtherOut() {
        ToDoubleBiFunction<Lookback, Integer> rollOut = (lookback, horizon) -> {
            double value = lookback.persistence();
            for (int step = 0; step < horizon; step++) {
                value = value + 0.9 * (value - lookback.rows()[lookback.steps() - 2][0]);
            }
            return value;
        };

        assertThat(symptoms(rollOut)).contains(Symptom.NO_SKILL);
        assertThat(finding(Symptom.NO_SKILL, rollOut).text()).contains(" at horizon 3, ");
    }

    @Test
    void shuffledLabelsDoNotDistinguishRisesFromFalls() {
        List<Double> shuffled = new ArrayList<>(data.samples().stream()
                .map(sample -> best(sample.lookback(), 1) - sample.lookback().persistence())
                .toList());
        Collections.shuffle(shuffled, new Random(4));
        ToDoubleBiFunction<Lookback, Integer> learntFromShuffled = (lookback, _) ->
                lookback.persistence() + shuffled.get(Math.abs(Arrays.deepHashCode(lookback.rows())) % shuffled.size());

        assertThat(symptoms(learntFromShuffled)).contains(Symptom.NO_SKILL);
        Forecasts forecasts = forecasts(learntFromShuffled);
        double lowest = IntStream.range(0, 3)
                .mapToDouble(forecasts::changeCorrelation)
                .min()
                .orElseThrow();
        assertThat(lowest).isBetween(-0.2, 0.2);
        assertThat(finding(Symptom.DIRECTION, learntFromShuffled).text())
                .startsWith(String.format(
                        Locale.ROOT, "correlation of forecast and observed changes %.3g at horizon", lowest));
    }

    @Test
    void oneOutputForEveryWindowIsFound() {
        assertThat(symptoms((lookback, _) -> lookback.persistence() + 0.3)).contains(Symptom.SAME_OUTPUT);
    }

    @Test
    void aStateThatIsNotResetIsFound() {
        double[] state = {0};

        assertThat(symptoms((lookback, horizon) -> {
                    state[0] = 0.9 * state[0] + 0.1 * lookback.persistence();
                    return best(lookback, horizon) + 0.01 * state[0];
                }))
                .containsExactly(Symptom.STATE);
    }

    @Test
    void unscaledTargetsLeadAwayFromAConstantInput() {
        assertThat(symptoms((lookback, horizon) -> 5 + best(lookback, horizon))).contains(Symptom.CONSTANT_INPUT);
    }

    @Test
    void forecastsThatAreNotFiniteAreTheOnlyFinding() {
        assertThat(symptoms((_, horizon) -> horizon == 2 ? Double.NaN : 1)).containsExactly(Symptom.NOT_FINITE);
        assertThat(findings((_, _) -> Double.NaN)).hasSize(1);
    }

    private List<Symptom> symptoms(ToDoubleBiFunction<Lookback, Integer> forecast) {
        return findings(forecast).stream()
                .filter(finding -> !finding.passed())
                .map(FlatOutputCheckTest::symptom)
                .toList();
    }

    private Finding finding(Symptom symptom, ToDoubleBiFunction<Lookback, Integer> forecast) {
        return findings(forecast).stream()
                .filter(finding -> symptom(finding) == symptom)
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings(ToDoubleBiFunction<Lookback, Integer> forecast) {
        Predictor model = model(forecast);
        return check.findings(model, Forecasts.of(model, data));
    }

    private Forecasts forecasts(ToDoubleBiFunction<Lookback, Integer> forecast) {
        return Forecasts.of(model(forecast), data);
    }

    private static Symptom symptom(Finding finding) {
        return Stream.of(Symptom.values())
                .filter(symptom -> symptom.check().equals(finding.check()))
                .findFirst()
                .orElseThrow();
    }

    private static double best(Lookback lookback, int horizon) {
        return MEAN + Math.pow(MEMORY, horizon) * (lookback.persistence() - MEAN);
    }

    private Predictor model(ToDoubleBiFunction<Lookback, Integer> forecast) {
        ModelCard card = new ModelCard(
                "small",
                "stub",
                "1",
                pipeline.featureNames(),
                STEPS,
                pipeline.horizons(),
                START,
                START,
                START,
                1,
                "00ff",
                1,
                Map.of(),
                Map.of(),
                "0.1.0",
                "25",
                "linux",
                null);
        return new Predictor() {
            @Override
            public ModelCard card() {
                return card;
            }

            @Override
            public Prediction predict(Lookback lookback) {
                double[] value = Stream.of(1, 2, 3)
                        .mapToDouble(horizon -> forecast.applyAsDouble(lookback, horizon))
                        .toArray();
                return new Prediction(value, value, value);
            }
        };
    }

    private Dataset data() {
        Random random = new Random(7);
        double[] series = new double[600];
        series[0] = MEAN;
        for (int i = 1; i < series.length; i++) {
            series[i] = MEAN + MEMORY * (series[i - 1] - MEAN) + random.nextGaussian();
        }
        List<Sample> samples = new ArrayList<>();
        for (int origin = STEPS - 1; origin + 3 < series.length; origin++) {
            double[][] rows = new double[STEPS][];
            for (int step = 0; step < STEPS; step++) {
                rows[step] = new double[] {series[origin - STEPS + 1 + step]};
            }
            double[] targets = Arrays.copyOfRange(series, origin + 1, origin + 4);
            samples.add(new Sample(new Lookback(rows, START.plus(Duration.ofHours(origin))), targets));
        }
        return Dataset.of(pipeline, samples);
    }
}
