package io.aerocast.training.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.Suspects;
import io.aerocast.training.dataset.Suspicion;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            2,
            List.of(1, 3),
            List.of());

    /// Number of windows. The observation one step ahead is 10 20 10 20 …, three steps ahead the same in the
    /// first half and missing in the second; the latest reading is always 12.
    private static final int COUNT = 24;

    /// Index of the first window of the calm.
    private static final int CALM = 1000;

    private final Judge judge = new Judge(
            new GateSettings(0.05, 10, 0.05, 0.02, 0.1), new FlatOutputCheck(new FlatOutputLimits(0.3, 2, 0, 0, 100)));

    @Test
    void promotesACandidateThatBeatsChampionAndPersistence() {
        Verdict verdict = judge(off(1), off(3), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        Scores scores = Objects.requireNonNull(verdict.scores());
        // Errors of the candidate ±1, of the champion ±3, of persistence 2 and 8: √((4+64)/2) = √34, mean 5.
        assertThat(scores.candidate()).containsExactly(new Accuracy(1, 24, 1, 1), new Accuracy(3, 12, 1, 1));
        assertThat(scores.champion()).containsExactly(new Accuracy(1, 24, 3, 3), new Accuracy(3, 12, 3, 3));
        assertThat(scores.persistenceRmse()).isCloseTo(Math.sqrt(34), within(1e-12));
        assertThat(scores.persistence().getFirst().mae()).isEqualTo(5);
        // Each difference is (9 − 1)/9 of the scale at both horizons; three steps ahead it counts as none in the
        // second half.
        assertThat(Objects.requireNonNull(scores.against()).test().pValue()).isLessThan(1e-4);
        assertThat(Objects.requireNonNull(scores.pooled()).ratio()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Objects.requireNonNull(scores.pooled()).skill()).isCloseTo(1 - 1 / 34.0, within(1e-12));
        assertThat(Objects.requireNonNull(scores.pooled()).coverage()).isEqualTo(1);
        assertThat(scores.championVersion()).isEqualTo("off-3");
        assertThat(scores.metrics())
                .containsEntry("rmse.h1", 1.0)
                .containsEntry("champion.mae.h3", 3.0)
                .containsEntry("count.h3", 12.0)
                .containsEntry(
                        "pooled.ratio", Objects.requireNonNull(scores.pooled()).ratio())
                .containsKeys("p.value", "dm.statistic");
        assertThat(verdict.reasons())
                .contains(
                        "rmse 1.000, champion off-3 3.000; error over all horizons 0.333 of the champion's (p-value of"
                                + " being worse at horizons 3 to 3 by chance 1.00)");
    }

    @Test
    void holdsACandidateThatIsNoBetterThanTheChampion() {
        Verdict verdict = judge(off(3), off(1), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.reasons())
                .containsExactly(
                        "rmse 3.000, champion off-1 1.000; error over all horizons 3.000 of the champion's (p-value of"
                                + " being worse at horizons 1 to 1 by chance 0.00)",
                        "p-value of being better than the champion by chance 1.00, allowed below 0.0500");
    }

    /// The champion has memorised the observations up to hour 11, and is off by 3 afterwards.
    @Test
    void comparesOnlyOnWhatTheChampionWasNotFittedOn() {
        Predictor champion =
                model(card("learnt", hour(11)), i -> truth(i) + (i <= 11 ? 0 : 3)); // rmse 2.1 on all of it

        Verdict verdict = judge(model("candidate", i -> truth(i) + (i <= 11 ? 5 : 1)), champion, holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.candidate().getFirst()).isEqualTo(new Accuracy(1, 12, 1, 1));
        assertThat(scores.champion().getFirst()).isEqualTo(new Accuracy(1, 12, 3, 3));
        assertThat(scores.persistence().getFirst().count()).isEqualTo(12);
        assertThat(Objects.requireNonNull(scores.against()).test().n()).isEqualTo(12);
    }

    @Test
    void holdsWhereTheChampionWasFittedOnAlmostAllOfTheHoldOut() {
        Verdict verdict = judge(off(1), model(card("fresh", hour(14)), i -> truth(i) + 3), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.scores()).isNull();
        assertThat(verdict.reasons())
                .containsExactly("the hold-out holds 9 grid times whose target was observed after 1970-01-01T14:00:00Z,"
                        + " until which champion fresh was fitted, at least 10 are needed");
        assertThat(judge(off(1), model(card("fresh", hour(99)), i -> truth(i) + 3), holdOut(COUNT)))
                .isInstanceOf(Held.class);
    }

    @Test
    void holdsACandidateThatIsOnlyLuckier() {
        // The champion is off by 1.1 and 0.9 in turns, and by 3 once: better on average thanks to one forecast.
        Predictor champion = model("champion", i -> truth(i) + (i == 7 ? 3 : i % 2 == 0 ? 1.1 : 0.9));

        Verdict verdict = judge(off(1), champion, holdOut(COUNT));

        assertThat(Objects.requireNonNull(verdict.scores()).rmse()).isLessThan(1.1);
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("p-value of being better than the champion by chance 0.1");
    }

    @Test
    void holdsACandidateThatIsWorseThanPersistence() {
        Verdict verdict = judge(off(12), off(20), holdOut(COUNT));

        assertThat(failed(verdict)).contains("persistence");
        assertThat(verdict.reasons().getFirst())
                .startsWith("rmse 12.00, persistence 5.831; skill over all horizons -3.235 (p-value of being worse at");
    }

    /// Persistence is off by 2 and 8 in turns, so 24 hours do not show that an error of 6 is larger. Without a
    /// champion to beat, or on much data, the skill must be positive.
    @Test
    void aLackOfSkillWithinChanceIsNoReasonToKeepAWorseChampion() {
        assertThat(judge(off(6), off(9), holdOut(COUNT))).isInstanceOf(Promoted.class);
        assertThat(failed(judge(off(6), null, holdOut(COUNT)))).containsExactly("persistence");
        assertThat(failed(judge(off(6), off(9), holdOut(250)))).contains("persistence");
    }

    @Test
    void comparesWithPersistenceWithoutAChampion() {
        Verdict verdict = judge(off(1), null, holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Promoted.class);
        assertThat(verdict.reasons()).contains("there is no champion");
        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.championRmse()).isEmpty();
        assertThat(scores.metrics()).doesNotContainKey("p.value");
    }

    @Test
    void aChampionThatCannotForecastTheseWindowsIsIgnored() {
        Predictor tooLong = new Fixed(card("needs-48"), _ -> {
            throw new IllegalArgumentException("needs at least 48 rows, found 2");
        });

        assertThat(judge(off(1), tooLong, holdOut(COUNT)).reasons())
                .contains("champion needs-48 cannot forecast this: needs at least 48 rows, found 2");
        assertThat(judge(off(1), model("broken", _ -> Double.NaN), holdOut(COUNT)))
                .isInstanceOf(Promoted.class);
    }

    @Test
    void holdsAFlatLine() {
        Verdict constant = judge(model("flat", _ -> 15), null, holdOut(COUNT));
        // Forecasts 13.5 and 16.5 of observations 10 and 20: a variance of 2.25 over 25.
        Verdict nearly = judge(model("nearly", i -> 15 + 0.3 * (truth(i) - 15)), null, holdOut(COUNT));

        assertThat(constant.reasons())
                .contains("variance of the forecasts over that of the observations 0.00, allowed 0.3 to 2.0");
        assertThat(Objects.requireNonNull(nearly.scores()).varianceRatio()).isCloseTo(0.09, within(1e-12));
        assertThat(nearly).isInstanceOf(Held.class);
    }

    @Test
    void holdsForecastsThatAreNotFinite() {
        Verdict verdict = judge(model("nan", i -> i == 3 ? Double.NaN : truth(i)), off(1), holdOut(COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.scores()).isNull();
        assertThat(verdict.reasons()).containsExactly("not every forecast at horizons [1, 3] is a finite number");
    }

    @Test
    void holdsWhereTooFewTargetsWereObserved() {
        assertThat(judge(off(1), off(3), holdOut(9)).reasons())
                .containsExactly("the hold-out holds 9 grid times whose target was observed, at least 10 are needed");
    }

    @Test
    void stationsOfOneOriginCountOnce() {
        List<Sample> twice = holdOut(12).samples().stream()
                .flatMap(sample -> java.util.stream.Stream.of(sample, sample))
                .toList();

        Verdict verdict = judge(off(1), off(3), Dataset.of(PIPELINE, twice));

        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.candidate().getFirst().count()).isEqualTo(24);
        assertThat(Objects.requireNonNull(scores.against()).test().n()).isEqualTo(12);
    }

    @Test
    void measuresTheCoverageOfTheIntervals() {
        // Intervals of ±20 around forecasts that are off by 1, except every fourth, which is off by 25.
        Verdict fourth = judge(model("m", i -> truth(i) + (i % 4 == 0 ? 25 : 1)), null, holdOut(COUNT));
        Verdict half = judge(model("m", i -> truth(i) + (i % 2 == 0 ? 25 : 1)), null, holdOut(COUNT));

        assertThat(Objects.requireNonNull(fourth.scores()).coverage()).isEqualTo(0.75);
        // 5 points, and 1.645·√(2·.09·1.278/18) of chance: 18 origins are the mean of 24 and 12, for calibration and
        // test; 1.278 is the overlap of horizons 1 and 3.
        assertThat(failed(fourth)).doesNotContain("coverage");
        assertThat(half.reasons())
                .contains("coverage over all horizons 0.500, allowed 0.664 to 1.000; 0.57 would be found in 80 % of"
                        + " cases");
    }

    @Test
    void aWindowFullOfSuspectReadingsIsVetoed() {
        Quality stuck = quality(new FeatureQuality("temperature", 100, 3, 8, 0, 0));
        Quality shifted = quality(new FeatureQuality("temperature", 100, 0, 0, 1, 1));

        assertThat(judge.judge(off(1), off(3), evidence(holdOut(COUNT), null, stuck, Look.ONCE))
                        .reasons())
                .containsExactly("11.0 % of the recent readings of one feature are suspect, allowed 10.0 %");
        assertThat(judge.veto(shifted).orElseThrow().reasons())
                .containsExactly(
                        "temperature moved to a new level while everything else stayed, as a shifted sensor does");
        assertThat(judge.veto(quality(new FeatureQuality("temperature", 100, 2, 8, 0, 0))))
                .isEmpty();
    }

    @Test
    void repeatedChallengesNeedAnEValue() {
        // Better by 1.21 − 1 = .21 each time, with a scale of 2·1.21: significant for a test, a small e-value.
        Evidence once = evidence(holdOut(COUNT), null, quality(), Look.ONCE);
        Evidence repeatedly = evidence(holdOut(COUNT), null, quality(), Look.REPEATEDLY);

        assertThat(judge.judge(off(1), off(1.1), once)).isInstanceOf(Promoted.class);
        Verdict held = judge.judge(off(1), off(1.1), repeatedly);
        assertThat(failed(held)).containsExactly("significance");
        assertThat(held.reasons()).singleElement().asString().endsWith("needed 20.0");
        assertThat(judge.judge(off(1), off(3), repeatedly)).isInstanceOf(Promoted.class);
    }

    /// The candidate is better by .3 of the scale 97 times of 100, and worse by 10 three times: 97·.3 < 3·10. The
    /// e-value sees the clipped differences, in which it wins.
    @Test
    void holdsACandidateThatWinsOftenAndLosesMuch() {
        Predictor champion = off(1); // scale 2
        Predictor candidate =
                model("risky", i -> truth(i) + Math.sqrt(i == 20 || i == 40 || i == 60 ? 1 + 20 : 1 - 0.6));

        Verdict verdict = judge.judge(candidate, champion, evidence(holdOut(100), null, quality(), Look.REPEATEDLY));

        assertThat(failed(verdict)).containsExactly("champion");
        Scores scores = Objects.requireNonNull(verdict.scores());
        assertThat(scores.rmse()).isCloseTo(Math.sqrt((97 * 0.4 + 3 * 21) / 100), within(1e-12));
        assertThat(Objects.requireNonNull(scores.against()).evidence().value()).isGreaterThan(20);
    }

    /// Two readings of the validation data are suspect; with errors of 400 there, the scale would hide the
    /// difference.
    @Test
    void theScaleOfTheEValueKnowsNoSuspectReadings() {
        Predictor champion = model("champion", i -> truth(i) + (i >= CALM ? 400 : 3));
        Suspects spikes = new Suspects(new Suspicion[0][], new Suspicion[] {Suspicion.SPIKE, Suspicion.SPIKE});
        List<Sample> samples = new ArrayList<>();
        calm().samples()
                .subList(0, 2)
                .forEach(sample -> samples.add(new Sample(sample.lookback(), sample.targets(), spikes)));
        samples.addAll(holdOut(COUNT).samples());
        Evidence evidence =
                new Evidence(holdOut(COUNT), Dataset.of(PIPELINE, samples), null, quality(), Look.REPEATEDLY);

        assertThat(judge.judge(off(1), champion, evidence)).isInstanceOf(Promoted.class);
    }

    @Test
    void holdsACandidateThatLosesToPersistenceAtOneHorizon() {
        Predictor nearsighted = new Fixed(card("nearsighted"), lookback -> {
            int i = (int) lookback.rows()[0][0];
            return wide(truth(i) + 1, truth(i) + 12);
        });

        Verdict verdict = judge(nearsighted, off(30), holdOut(2 * COUNT));

        assertThat(verdict).isInstanceOf(Held.class);
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("rmse 1.000, persistence 5.831; skill over all horizons")
                .contains("worse at horizons 3 to 3");
    }

    /// Much better one step ahead, and worse three steps ahead.
    @Test
    void holdsACandidateThatPaysForTheNearHorizonsWithTheFarOnes() {
        Predictor nearsighted = new Fixed(card("nearsighted"), lookback -> {
            int i = (int) lookback.rows()[0][0];
            return wide(truth(i) + 0.1, truth(i) + 1.8 * wobble(i));
        });

        Verdict verdict = judge(nearsighted, off(1.1), holdOut(2 * COUNT));

        assertThat(failed(verdict)).containsExactly("champion");
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("being worse at horizons 3 to 3 by chance 0.0");
    }

    @Test
    void aLaterAttemptNeedsMoreEvidence() {
        Predictor champion = model("champion", i -> truth(i) + (i % 4 == 0 ? 0.6 : 1.3));

        Verdict first = judge.judge(off(1), champion, evidence(holdOut(COUNT), null, quality(), Look.attempt(1)));
        Verdict fifth = judge.judge(off(1), champion, evidence(holdOut(COUNT), null, quality(), Look.attempt(9)));

        assertThat(first).isInstanceOf(Promoted.class);
        assertThat(failed(fifth)).containsExactly("significance");
    }

    @Test
    void theReverseTestFindsAPromotedModelThatIsWorse() {
        Predictor serving = model("serving", i -> truth(i) + 1.5 * wobble(i));
        Predictor former = model("former", i -> truth(i) + wobble(i));

        Finding worse = judge.worse(serving, former, calm(), holdOut(COUNT), Look.REPEATEDLY);

        assertThat(worse.check()).isEqualTo("probation");
        assertThat(worse.passed()).as(worse.text()).isFalse();
        assertThat(worse.text()).startsWith("error over all horizons 1.500 of that of the former model former");
        assertThat(judge.worse(former, serving, calm(), holdOut(COUNT), Look.REPEATEDLY)
                        .passed())
                .isTrue();
        assertThat(judge.worse(former, former, calm(), holdOut(COUNT), Look.ONCE)
                        .passed())
                .isTrue();
    }

    /// The serving model was fitted to the first 16 of 24 hours.
    @Test
    void theReverseTestWaitsForDataThatAreNewToBothModels() {
        Predictor serving = model(card("serving", hour(15)), i -> truth(i) + 9);

        Finding finding = judge.worse(serving, off(1), calm(), holdOut(COUNT), Look.REPEATEDLY);

        assertThat(finding).isEqualTo(new Finding("probation", true, "fewer than 10 grid times since the promotion"));
    }

    @Test
    void aModelFittedToTheHoldOutMustBeSound() {
        assertThat(judge.sound(off(1), off(1.5), holdOut(COUNT))).isTrue();
        assertThat(judge.sound(off(2), off(1.5), holdOut(COUNT))).isFalse();
        assertThat(judge.sound(model("flat", _ -> 15), off(9), holdOut(COUNT))).isFalse();
        assertThat(judge.sound(model("nan", _ -> Double.NaN), off(9), holdOut(COUNT)))
                .isFalse();
    }

    @Test
    void holdsACandidateThatForgotTheCalm() {
        Dataset calm = calm();
        // Better after the change, worse by a half on the calm.
        Predictor forgetful = model("forgetful", i -> truth(i) + (i >= CALM ? 1.5 * wobble(i) : 1));
        Predictor faithful = model("faithful", i -> truth(i) + (i >= CALM ? 1.01 * wobble(i) : 1));
        Predictor champion = model("champion", i -> truth(i) + (i >= CALM ? wobble(i) : 3));

        Verdict held = judge.judge(forgetful, champion, evidence(holdOut(COUNT), calm, quality(), Look.ONCE));
        Verdict promoted = judge.judge(faithful, champion, evidence(holdOut(COUNT), calm, quality(), Look.ONCE));

        assertThat(failed(held)).containsExactly("calm");
        assertThat(held.reasons())
                .singleElement()
                .asString()
                .startsWith("error on the calm before the change 1.500 of");
        assertThat(promoted).isInstanceOf(Promoted.class);
        CalmScore left = Objects.requireNonNull(promoted.scores().calm());
        CalmComparison against = Objects.requireNonNull(left.against());
        assertThat(against.ratio()).isCloseTo(1.01, within(1e-12));
        assertThat(against.days()).isEqualTo(COUNT / 2); // of two hours, without a season
        assertThat(promoted.scores().skills().getFirst().origins()).isEqualTo(2 * COUNT);
    }

    /// Persistence is off by 2 and 8 in turns on the calm, too.
    @Test
    void asksForSkillOnTheCalmThatTheChampionKnowsByHeart() {
        Predictor forgetful = model("forgetful", i -> truth(i) + (i >= CALM ? 6 : 1));
        Predictor faithful = model("faithful", i -> truth(i) + (i >= CALM ? 2 : 1));
        Predictor champion = model(card("champion", hour(-2)), i -> truth(i) + (i >= CALM ? 0 : 3));
        Evidence evidence = evidence(holdOut(COUNT), calm(), quality(), Look.ONCE);

        Verdict held = judge.judge(forgetful, champion, evidence);
        Verdict promoted = judge.judge(faithful, champion, evidence);

        assertThat(failed(held)).containsExactly("calm");
        // 1 − 36/34, each of both horizons.
        assertThat(held.reasons())
                .containsExactly("skill on the calm before the change -0.059; fewer than 5 days of it are new to a"
                        + " champion");
        assertThat(promoted).isInstanceOf(Promoted.class);
        CalmScore calm =
                Objects.requireNonNull(Objects.requireNonNull(promoted.scores()).calm());
        assertThat(calm).isEqualTo(new CalmScore(COUNT, calm.skill(), null));
        assertThat(calm.skill()).isCloseTo(1 - 4 / 34.0, within(1e-12));
        assertThat(failed(judge.judge(forgetful, null, evidence))).containsExactly("calm");
    }

    /// Half the calm is new to the champion, but that is four days.
    @Test
    void tooFewDaysOfCalmAreComparedWithPersistence() {
        Predictor candidate = model("candidate", i -> truth(i) + (i >= CALM ? 1.5 * wobble(i) : 1));
        Predictor champion = model(card("champion", hour(-86)), i -> truth(i) + (i >= CALM ? wobble(i) : 3));

        Verdict verdict = judge.judge(candidate, champion, evidence(holdOut(COUNT), calm(), quality(), Look.ONCE));

        assertThat(verdict).isInstanceOf(Promoted.class);
        assertThat(verdict.reasons()).last().asString().startsWith("skill on the calm before the change 0.9");
    }

    @Test
    void reportsThatThereIsNoCalmToMeasure() {
        assertThat(judge(off(1), off(3), holdOut(COUNT)).findings())
                .contains(new Finding(
                        "calm",
                        true,
                        "not measured: 0 grid times from before a change are set aside, at least 10 are needed"));
    }

    @Test
    void theVerdictHoldsFindingsAndMetrics() {
        Verdict verdict = judge(off(1), off(3), holdOut(COUNT));

        assertThat(verdict.findings())
                .extracting(Finding::check)
                .startsWith("data", "champion", "significance", "persistence", "not-finite", "variance", "direction")
                .endsWith("coverage", "calm");
        assertThat(Objects.requireNonNull(verdict.scores()).metrics())
                .containsEntry("coverage.h1", 1.0)
                .containsEntry("suspect.share", 0.0)
                .containsEntry("skill.h3", 1 - 1 / 34.0)
                .containsKeys("e.value", "winkler.h3", "variance.ratio");
    }

    /// In addition, the flat-output check runs the candidate on the first window again, and on constant windows.
    @Test
    void forecastsEachWindowOncePerModel() {
        Counting candidate = new Counting(model("candidate", i -> truth(i) + (i >= CALM ? wobble(i) : 1)));
        Counting champion = new Counting(model("champion", i -> truth(i) + (i >= CALM ? wobble(i) : 3)));
        Dataset holdOut = holdOut(COUNT);
        Dataset validation = holdOut(COUNT);
        Dataset calm = calm();

        Verdict verdict =
                judge.judge(candidate, champion, new Evidence(holdOut, validation, calm, quality(), Look.ONCE));

        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(verdict.scores()).calm())
                        .against())
                .isNotNull();
        assertThat(candidate.countsOf(holdOut)).startsWith(2L, 1L).hasSize(COUNT);
        assertThat(candidate.countsOf(holdOut).subList(1, COUNT)).containsOnly(1L);
        assertThat(candidate.countsOf(calm)).containsOnly(1L);
        assertThat(champion.countsOf(holdOut)).containsOnly(1L);
        assertThat(champion.countsOf(validation)).containsOnly(1L);
        assertThat(champion.countsOf(calm)).containsOnly(1L);
        assertThat(champion.predicted).hasSize(3 * COUNT);
    }

    /// A model that records the windows that it forecasts.
    private record Counting(Predictor model, List<Lookback> predicted) implements Predictor {

        private Counting(Predictor model) {
            this(model, new ArrayList<>());
        }

        @Override
        public ModelCard card() {
            return model.card();
        }

        @Override
        public Prediction predict(Lookback lookback) {
            predicted.add(lookback);
            return model.predict(lookback);
        }

        private List<Long> countsOf(Dataset data) {
            return data.samples().stream()
                    .map(sample -> predicted.stream()
                            .filter(lookback -> lookback == sample.lookback())
                            .count())
                    .toList();
        }
    }

    private Verdict judge(Predictor candidate, @Nullable Predictor champion, Dataset holdOut) {
        return judge.judge(candidate, champion, evidence(holdOut, null, quality(), Look.ONCE));
    }

    private static Evidence evidence(Dataset holdOut, @Nullable Dataset calm, Quality quality, Look look) {
        return new Evidence(holdOut, holdOut, calm, quality, look);
    }

    private static Quality quality(FeatureQuality... features) {
        return new Quality(List.of(features));
    }

    private static List<String> failed(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> !finding.passed())
                .map(Finding::check)
                .toList();
    }

    /// Errors of about one, not all equal.
    private static double wobble(int i) {
        return 1 + 0.1 * (i % 3);
    }

    /// [#COUNT] windows from long before, whose indices start at [#CALM].
    private static Dataset calm() {
        List<Sample> samples = IntStream.range(0, COUNT)
                .mapToObj(i -> new Sample(new Lookback(new double[][] {{CALM + i}, {12}}, hour(i - 100)), new double[] {
                    truth(i), truth(i)
                }))
                .toList();
        return Dataset.of(PIPELINE, samples);
    }

    private static Prediction wide(double first, double second) {
        return new Prediction(new double[] {first, second}, new double[] {first - 20, second - 20}, new double[] {
            first + 20, second + 20
        });
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
    private static Predictor off(double error) {
        return model("off-%s".formatted(new java.text.DecimalFormat("0.#").format(error)), i -> truth(i) + error);
    }

    private interface ByIndex {
        double value(int index);
    }

    /// The first row of a lookback is the sample's index.
    private static Predictor model(String version, ByIndex forecast) {
        return model(card(version), forecast);
    }

    private static Predictor model(ModelCard card, ByIndex forecast) {
        return new Fixed(card, lookback -> {
            double value = forecast.value((int) lookback.rows()[0][0]);
            return wide(value, value);
        });
    }

    private record Fixed(ModelCard card, java.util.function.Function<Lookback, Prediction> forecast)
            implements Predictor {

        @Override
        public Prediction predict(Lookback lookback) {
            return forecast.apply(lookback);
        }
    }

    /// A model fitted on data before the hold-out and the calm.
    private static ModelCard card(String version) {
        return card(version, hour(-200));
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
