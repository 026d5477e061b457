package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptiveIntervalsTest {

    private static final Instant START = Instant.parse("2013-07-01T00:00:00Z");

    private final Pipeline pipeline = new Pipeline(
            "noaa",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            3,
            List.of(1, 6),
            List.of());

    private final AdaptiveIntervals intervals = new AdaptiveIntervals(pipeline, 0.9);

    @Test
    void startWithTheModelsOwnIntervals() {
        Prediction issued = intervals.adapt(START, raw(20));

        assertThat(intervals.coverage()).isEqualTo(0.9);
        assertThat(issued.value()).containsExactly(20, 20);
        assertThat(issued.lower()).containsExactly(19, 16);
        assertThat(issued.upper()).containsExactly(22, 24);
    }

    /// 1 + 0.03 · 0.9 after a miss, then − 0.03 · 0.1 after a hit.
    @Test
    void growByMissesAndShrinkByHits() {
        intervals.adapt(START, raw(20));

        assertThat(intervals.observe(hour(1), 22.5)).containsExactly(new IntervalOutcome(1, false, 3));
        assertThat(intervals.factors()).containsExactly(new double[] {1.027, 1}, within(1e-12));
        assertThat(intervals.adapt(hour(1), raw(20)).upper()).containsExactly(new double[] {22.054, 24}, within(1e-12));
        assertThat(intervals.adapt(hour(1), raw(20)).lower()).containsExactly(new double[] {18.973, 16}, within(1e-12));

        assertThat(intervals.observe(hour(2), 22))
                .extracting(IntervalOutcome::held)
                .containsExactly(true);
        assertThat(intervals.factors()).containsExactly(new double[] {1.024, 1}, within(1e-12));
    }

    @Test
    void compareAnObservedValueWithTheBoundsThatWereIssuedForIt() {
        intervals.adapt(START, raw(20));
        for (int hour = 1; hour < 6; hour++) {
            intervals.observe(hour(hour), 30);
            intervals.adapt(hour(hour), raw(20));
        }

        assertThat(intervals.factors()[1]).isEqualTo(1); // no target six hours ahead has been observed yet
        List<IntervalOutcome> outcomes = intervals.observe(hour(6), 24.05); // beyond 20 + 2 · 1.135, and beyond 24
        assertThat(outcomes).extracting(IntervalOutcome::held).containsExactly(false, false);
        assertThat(outcomes.getFirst().width()).isCloseTo(3 * (1 + 5 * 0.027), within(1e-12));
        assertThat(outcomes.getLast().width()).isEqualTo(8);

        // by now six hours ahead would be 20 ± 4.108
        assertThat(intervals.observe(hour(7), 24.05))
                .extracting(IntervalOutcome::held)
                .containsExactly(false);
    }

    @Test
    void countEachTargetOnce() {
        intervals.adapt(START, raw(20));
        intervals.observe(hour(1), 30);

        assertThat(intervals.observe(hour(1), 20)).isEmpty();
        intervals.adapt(START, raw(0));
        assertThat(intervals.observe(hour(1), 20)).isEmpty();
        assertThat(intervals.factors()[0]).isCloseTo(1.027, within(1e-12));
    }

    @Test
    void ignoreMissingReadingsAndTimesWithoutAForecast() {
        intervals.adapt(START, raw(20));

        assertThat(intervals.observe(hour(1), Double.NaN)).isEmpty();
        assertThat(intervals.observe(hour(3), 30)).isEmpty();
        assertThat(intervals.factors()).containsExactly(1, 1);
        assertThat(intervals.observe(hour(6), 30)).hasSize(1);
    }

    @Test
    void dropForecastsOlderThanTheLargestHorizon() {
        intervals.adapt(START, raw(20));
        intervals.adapt(hour(7), raw(20));

        assertThat(intervals.observe(hour(6), 30)).isEmpty();
        assertThat(intervals.observe(hour(8), 30)).hasSize(1);
    }

    @Test
    void stayWithinAQuarterAndFourTimesTheModelsOwn() {
        for (int hour = 0; hour < 1000; hour++) {
            intervals.observe(hour(hour), 20);
            intervals.adapt(hour(hour), raw(20));
        }
        assertThat(intervals.factors()).containsExactly(0.25, 0.25);

        for (int hour = 1000; hour < 2000; hour++) {
            intervals.observe(hour(hour), 1000);
            intervals.adapt(hour(hour), raw(20));
        }
        assertThat(intervals.factors()).containsExactly(4, 4);
    }

    /// Autocorrelated errors, three times as large as those of the calibration.
    @Test
    void keepTheNominalCoverageWhereTheModelIsOverconfident() {
        Random random = new Random(3);
        int[] held = new int[2];
        int count = 8000;
        double weather = 0;
        for (int hour = 0; hour < count; hour++) {
            weather = 0.9 * weather + random.nextGaussian();
            for (IntervalOutcome outcome : intervals.observe(hour(hour), 20 + weather)) {
                held[outcome.horizon() == 1 ? 0 : 1] += outcome.held() ? 1 : 0;
            }
            Prediction issued = intervals.adapt(hour(hour), raw(20));
            for (int h = 0; h < 2; h++) {
                assertThat(issued.lower()[h]).isLessThanOrEqualTo(issued.value()[h]);
                assertThat(issued.upper()[h]).isGreaterThanOrEqualTo(issued.value()[h]);
            }
        }

        assertThat(held[0] / (double) count).isBetween(0.88, 0.92);
        assertThat(held[1] / (double) count).isBetween(0.88, 0.92);
    }

    @Test
    void refuseACardWithAnImpossibleCoverage() {
        ModelCard card = Models.card("seasonal", List.of("temperature"), 3, List.of(1));
        ModelCard sure = new ModelCard(
                card.pipeline(),
                card.model(),
                card.version(),
                card.features(),
                card.lookback(),
                card.horizons(),
                card.trainedAt(),
                card.trainedFrom(),
                card.trainedTo(),
                card.windows(),
                card.dataSha256(),
                card.seed(),
                Map.of("coverage", "1"),
                card.metrics(),
                card.aerocast(),
                card.java(),
                card.os(),
                card.commit());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveIntervals(pipeline, sure.coverage()))
                .withMessage("Model 20130401T000000Z of noaa needs a coverage between 0 and 1, found 1.0");
    }

    /// One below and two above at the first horizon, four both ways at the second.
    private static Prediction raw(double value) {
        return new Prediction(
                new double[] {value, value}, new double[] {value - 1, value - 4}, new double[] {value + 2, value + 4});
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(hour * 3600L);
    }
}
