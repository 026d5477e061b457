package io.aerocast.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import io.aerocast.trainer.judge.Verdict.Held;
import io.aerocast.trainer.judge.Verdict.Promoted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            2,
            List.of(1, 3),
            List.of());

    /// Truth one step ahead: 10 20 10 20 …; the latest reading is always 12. Three steps ahead the first half of it.
    private static final int COUNT = 24;

    private final Judge judge = new Judge(new JudgeProperties(0.05, 10, 0.3, 2));

    @Test
    void promotesACandidateThatBeatsChampionAndPersistence() {
        Verdict verdict = judge.judge(off(1), off(3), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        Scores scores = Objects.requireNonNull(verdict.scores());
        // Errors of the candidate ±1, of the champion ±3, of persistence 2 and 8: √((4+64)/2) = √34, mean 5.
        assertThat(scores.candidate()).containsExactly(new Accuracy(1, 24, 1, 1), new Accuracy(3, 12, 1, 1));
        assertThat(scores.champion()).containsExactly(new Accuracy(1, 24, 3, 3), new Accuracy(3, 12, 3, 3));
        assertThat(scores.persistenceRmse()).isCloseTo(Math.sqrt(34), within(1e-12));
        assertThat(scores.persistence().getFirst().mae()).isEqualTo(5);
        assertThat(Objects.requireNonNull(scores.test()).pValue()).isZero();
        assertThat(scores.championVersion()).isEqualTo("off-3");
        assertThat(scores.metrics())
                .containsEntry("rmse.h1", 1.0)
                .containsEntry("champion.mae.h3", 3.0)
                .containsEntry("count.h3", 12.0)
                .containsEntry("p.value", 0.0)
                .doesNotContainKey("dm.statistic"); // infinite
        assertThat(verdict.reasons()).contains("rmse 1.000, champion off-3 3.000");
    }

    @Test
    void holdsACandidateThatIsNoBetterThanTheChampion() {
        Verdict verdict = judge.judge(off(3), off(1), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.reasons())
                .containsExactly(
                        "rmse 3.000, champion off-1 1.000",
                        "p-value of being better than the champion by chance 1.00, allowed below 0.0500");
    }

    /// The champion knows the truth up to hour 11 by heart, and is off by 3 where it has to forecast.
    @Test
    void comparesOnlyOnWhatTheChampionWasNotFittedOn() {
        ForecastModel champion =
                model(card("learnt", hour(11)), i -> truth(i) + (i <= 11 ? 0 : 3)); // rmse 2.1 on all of it

        Verdict verdict = judge.judge(model("candidate", i -> truth(i) + (i <= 11 ? 5 : 1)), champion, holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.candidate().getFirst()).isEqualTo(new Accuracy(1, 12, 1, 1));
        assertThat(scores.champion().getFirst()).isEqualTo(new Accuracy(1, 12, 3, 3));
        assertThat(scores.persistence().getFirst().count()).isEqualTo(12);
        assertThat(Objects.requireNonNull(scores.test()).n()).isEqualTo(12);
    }

    @Test
    void holdsWhereTheChampionWasFittedOnAlmostAllOfTheHoldOut() {
        Verdict verdict = judge.judge(off(1), model(card("fresh", hour(14)), i -> truth(i) + 3), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.scores()).isNull();
        assertThat(verdict.reasons())
                .containsExactly("the hold-out holds 9 grid times whose target came true after 1970-01-01T14:00:00Z,"
                        + " until which champion fresh was fitted, at least 10 are needed");
        assertThat(judge.judge(off(1), model(card("fresh", hour(99)), i -> truth(i) + 3), holdOut(COUNT)))
                .isInstanceOf(Held.class);
    }

    @Test
    void holdsACandidateThatIsOnlyLuckier() {
        // The champion is off by 1.1 and 0.9 in turns, and by 3 once: better on average thanks to one forecast.
        ForecastModel champion = model("champion", i -> truth(i) + (i == 7 ? 3 : i % 2 == 0 ? 1.1 : 0.9));

        Verdict verdict = judge.judge(off(1), champion, holdOut(COUNT));

        assertThat(Objects.requireNonNull(verdict.scores()).rmse()).isLessThan(1.1);
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("p-value of being better than the champion by chance 0.1");
    }

    @Test
    void holdsACandidateThatIsWorseThanPersistence() {
        Verdict verdict = judge.judge(off(6), off(9), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.reasons()).containsExactly("rmse 6.000, persistence 5.831");
    }

    @Test
    void withoutAChampionPersistenceIsTheMeasure() {
        Verdict verdict = judge.judge(off(1), null, holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        assertThat(verdict.reasons()).contains("there is no champion");
        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.championRmse()).isEmpty();
        assertThat(scores.metrics()).doesNotContainKey("p.value");
    }

    @Test
    void aChampionThatCannotForecastTheseWindowsIsNoChampion() {
        ForecastModel tooLong = new Fixed(card("needs-48"), _ -> {
            throw new IllegalArgumentException("needs at least 48 rows, found 2");
        });

        assertThat(judge.judge(off(1), tooLong, holdOut(COUNT)).reasons())
                .contains("champion needs-48 cannot forecast this: needs at least 48 rows, found 2");
        assertThat(judge.judge(off(1), model("broken", _ -> Double.NaN), holdOut(COUNT)))
                .isInstanceOf(Promoted.class);
    }

    @Test
    void holdsAFlatLine() {
        Verdict constant = judge.judge(model("flat", _ -> 15), null, holdOut(COUNT));
        // 13.5 and 16.5 where 10 and 20 came true: a variance of 2.25 over 25.
        Verdict nearly = judge.judge(model("nearly", i -> 15 + 0.3 * (truth(i) - 15)), null, holdOut(COUNT));

        assertThat(constant.reasons())
                .containsExactly("variance of the forecasts over that of what came true 0.00, allowed 0.300 to 2.00");
        assertThat(Objects.requireNonNull(nearly.scores()).varianceRatio()).isCloseTo(0.09, within(1e-12));
        assertThat(nearly).isInstanceOf(Held.class);
    }

    @Test
    void holdsForecastsThatAreNotFinite() {
        Verdict verdict = judge.judge(model("nan", i -> i == 3 ? Double.NaN : truth(i)), off(1), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.scores()).isNull();
        assertThat(verdict.reasons()).containsExactly("not every forecast at horizons [1, 3] is a finite number");
    }

    @Test
    void holdsWhereTooLittleCameTrue() {
        assertThat(judge.judge(off(1), off(3), holdOut(9)).reasons())
                .containsExactly("the hold-out holds 9 grid times whose target came true, at least 10 are needed");
    }

    @Test
    void stationsOfOneOriginCountOnce() {
        List<Sample> twice = holdOut(12).samples().stream()
                .flatMap(sample -> java.util.stream.Stream.of(sample, sample))
                .toList();

        Verdict verdict = judge.judge(off(1), off(3), Dataset.of(PIPELINE, twice));

        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.candidate().getFirst().count()).isEqualTo(24);
        assertThat(Objects.requireNonNull(scores.test()).n()).isEqualTo(12);
    }

    @Test
    void measuresTheCoverageOfTheIntervals() {
        // Intervals of ±2 around forecasts that are off by 1, but for every fourth, which is off by 3.
        ForecastModel model = model("m", i -> truth(i) + (i % 4 == 0 ? 3 : 1));

        assertThat(Objects.requireNonNull(
                                judge.judge(model, null, holdOut(COUNT)).scores())
                        .coverage())
                .isEqualTo(0.75);
    }

    private static double truth(int i) {
        return i % 2 == 0 ? 10 : 20;
    }

    private static Dataset holdOut(int count) {
        List<Sample> samples = IntStream.range(0, count)
                .mapToObj(i -> new Sample(new Lookback(new double[][] {{i}, {12}}, hour(i)), new double[] {
                    truth(i), i < count / 2 ? truth(i) : Double.NaN
                }))
                .toList();
        return Dataset.of(PIPELINE, samples);
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    /// Forecasts that are off by a number.
    private static ForecastModel off(double error) {
        return model("off-%.0f".formatted(error), i -> truth(i) + error);
    }

    private interface ByIndex {
        double value(int index);
    }

    /// The first row of a lookback is the sample's index.
    private static ForecastModel model(String version, ByIndex forecast) {
        return model(card(version), forecast);
    }

    private static ForecastModel model(ModelCard card, ByIndex forecast) {
        return new Fixed(card, lookback -> {
            double value = forecast.value((int) lookback.rows()[0][0]);
            return new Prediction(
                    new double[] {value, value}, new double[] {value - 2, value - 2}, new double[] {value + 2, value + 2
                    });
        });
    }

    private record Fixed(ModelCard card, java.util.function.Function<Lookback, Prediction> forecast)
            implements ForecastModel {

        @Override
        public Prediction predict(Lookback lookback) {
            return forecast.apply(lookback);
        }
    }

    /// Fitted on what lies before the hold-out.
    private static ModelCard card(String version) {
        return card(version, hour(-1));
    }

    private static ModelCard card(String version, Instant trainedTo) {
        return new ModelCard(
                "small",
                "gru",
                version,
                List.of("temperature"),
                2,
                List.of(1, 3),
                Instant.EPOCH,
                Instant.EPOCH,
                trainedTo,
                1,
                "0",
                1,
                Map.of(),
                Map.of(),
                "test",
                "25",
                "any",
                null);
    }
}
