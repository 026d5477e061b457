package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Forecasts of 0 one and four steps ahead, so that observations are errors.
class PairedLossesTest {

    private static final double MISSING = Double.NaN;

    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            2,
            List.of(1, 4),
            List.of());

    @Test
    void horizonsWeighOneOverTheirLength() {
        // In scales of 1 and 4: rival 1 and 1, challenger 0 and 1; then rival 2 and 0, challenger 1 and 1.
        PairedLosses losses = PairedLosses.of(
                forecasts(List.of(hour(0), hour(1)), new double[] {0, 2}, new double[] {1, 2}),
                forecasts(List.of(hour(0), hour(1)), new double[] {1, 2}, new double[] {2, 0}),
                new double[] {1, 4});

        assertThat(losses.differences()).isDeepEqualTo(new double[][] {{1, 0}, {3, -1}});
        assertThat(losses.pooled()).containsExactly((1 + 0.25 * 0) / 1.25, (3 - 0.25) / 1.25);
        assertThat(losses.pooled(1, 2)).containsExactly(0, -1);
        assertThat(losses.reversed().pooled(1, 2)).containsExactly(0, 1);
    }

    @Test
    void errorsBeyondTwoScalesCountLinearly() {
        // 5 scales: 2·(2·5 − 2) = 16 instead of 25.
        PairedLosses losses = PairedLosses.of(
                forecasts(List.of(hour(0)), new double[] {0, 0}),
                forecasts(List.of(hour(0)), new double[] {5, 2}),
                new double[] {1, 1});

        assertThat(losses.differences()).isDeepEqualTo(new double[][] {{16, 4}});
    }

    @Test
    void stationsOfOneOriginAreAveragedAndMissingTargetsCountAsNoDifference() {
        PairedLosses losses = PairedLosses.of(
                forecasts(
                        List.of(hour(0), hour(0), hour(1)),
                        new double[] {0, MISSING},
                        new double[] {0, MISSING},
                        new double[] {0, 1}),
                forecasts(
                        List.of(hour(0), hour(0), hour(1)),
                        new double[] {1, MISSING},
                        new double[] {2, MISSING},
                        new double[] {0, 2}),
                new double[] {1, 1});

        assertThat(losses.differences()[0]).containsExactly(2.5, MISSING);
        assertThat(losses.differences()[1]).containsExactly(0, 3);
        assertThat(losses.pooled()).containsExactly(2.5 / 1.25, 0.75 / 1.25);
    }

    @Test
    void theRatioIsOfWeightedMeanSquares() {
        Forecasts mine = forecasts(List.of(hour(0), hour(1)), new double[] {1, 2}, new double[] {1, MISSING});
        Forecasts theirs = forecasts(List.of(hour(0), hour(1)), new double[] {2, 4}, new double[] {0, MISSING});

        // (1 + 4/4/4)/(2 + 16/4/4) with scales 1 and 4.
        assertThat(PairedLosses.ratio(mine, theirs, new double[] {1, 4})).isCloseTo(Math.sqrt(1.25 / 3), within(1e-12));
    }

    /// d/2: ½ three times at the first horizon, and unknown at the second: bets of 0, ½ and ½, and 1 in four
    /// games that are called off.
    @Test
    void theEvidenceIsTheWeightedMeanOfTheHorizons() {
        PairedLosses losses =
                new PairedLosses(new int[] {1, 4}, new double[][] {{1, MISSING}, {1, MISSING}, {1, MISSING}});

        assertThat(EValue.of(losses, 2).value()).isCloseTo((1.25 * 1.25 + 0.25) / 1.25, within(1e-12));
    }

    @Test
    void aForecasterThatIsWorseAtOneThirdOfTheHorizonsIsFound() {
        Random random = new Random(3);
        List<Instant> hours =
                IntStream.range(0, 100).mapToObj(PairedLossesTest::hour).toList();
        double[][] rival = errors(random, 1, 1);
        double[][] nearsighted = Arrays.stream(rival)
                .map(error -> new double[] {0.5 * error[0], 2 * error[1]})
                .toArray(double[][]::new);
        double[] ones = {1, 1};

        Inferiority found = Inferiority.of(forecasts(hours, nearsighted), forecasts(hours, rival), ones);
        Inferiority equal = Inferiority.of(forecasts(hours, errors(random, 1, 1)), forecasts(hours, rival), ones);

        assertThat(found.pValue()).isLessThan(0.01);
        assertThat(found.from()).isEqualTo(4);
        assertThat(found.to()).isEqualTo(4);
        assertThat(equal.pValue()).isGreaterThan(0.05);
        assertThat(equal.origins()).isEqualTo(100);
    }

    private static double[][] errors(Random random, double... sizes) {
        return IntStream.range(0, 100)
                .mapToObj(_ -> Arrays.stream(sizes)
                        .map(size -> size * random.nextGaussian())
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    private static Forecasts forecasts(List<Instant> origins, double[]... errors) {
        List<Sample> samples = new ArrayList<>();
        List<Prediction> values = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            samples.add(new Sample(new Lookback(new double[][] {{0}, {0}}, origins.get(i)), errors[i]));
            double[] zero = new double[errors[i].length];
            values.add(new Prediction(zero, zero, zero));
        }
        return new Forecasts(PIPELINE, samples, values);
    }
}
