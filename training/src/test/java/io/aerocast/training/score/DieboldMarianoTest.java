package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DieboldMarianoTest {

    @Test
    void atHorizonOneItIsThePairedTTest() {
        // mean 2.5, γ₀ 1.25; 2.5/√(1.25/4)·√(3/4) = 3.8730, as 2.5/(s/√4) with s² = 5/3.
        DieboldMariano test = DieboldMariano.test(new double[] {1, 2, 3, 4}, 1);

        assertThat(test.statistic()).isCloseTo(3.87298, within(1e-5));
        assertThat(test.pValue()).isCloseTo(0.015233, within(1e-6));
        assertThat(test.n()).isEqualTo(4);
    }

    @Test
    void aLongerHorizonAddsAutocovariancesAndTheCorrection() {
        // d = 3 1 4 1 5: mean 2.8, deviations .2 -1.8 1.2 -1.8 2.2;
        // γ₀ = (.04+3.24+1.44+3.24+4.84)/5 = 2.56, γ₁ = (-.36-2.16-2.16-3.96)/5 = -1.728 → γ₀+2γ₁ < 0: as for h = 1.
        DieboldMariano negative = DieboldMariano.test(new double[] {3, 1, 4, 1, 5}, 2);
        assertThat(negative.statistic()).isCloseTo(2.8 / Math.sqrt(2.56 / 5) * Math.sqrt(0.8), within(1e-12));

        // d = 1 2 3 4 5 6: mean 3.5, γ₀ = 17.5/6, γ₁ = (3.75+.75-.25+.75+3.75)/6 = 8.75/6; variance 35/36;
        // correction √((6+1-4+2/6)/6) = √(10/18).
        DieboldMariano positive = DieboldMariano.test(new double[] {1, 2, 3, 4, 5, 6}, 2);
        assertThat(positive.statistic()).isCloseTo(3.5 / Math.sqrt(35.0 / 36) * Math.sqrt(10.0 / 18), within(1e-12));
    }

    @Test
    void aWorseChallengerHasALargePValue() {
        DieboldMariano test = DieboldMariano.test(new double[] {-1, -2, -3, -4}, 1);

        assertThat(test.statistic()).isCloseTo(-3.87298, within(1e-5));
        assertThat(test.pValue()).isCloseTo(1 - 0.015233, within(1e-6));
    }

    @Test
    void equalDifferencesAreDecidedByTheirSign() {
        assertThat(DieboldMariano.test(new double[] {2, 2, 2}, 1).pValue()).isZero();
        assertThat(DieboldMariano.test(new double[] {-2, -2, -2}, 2).pValue()).isOne();
        assertThat(DieboldMariano.test(new double[] {0, 0, 0}, 1).pValue()).isOne();
    }

    /// γ₀ + 2γ₁ + … over all lags is 0 for any series; its sign is rounding.
    @Test
    void noMoreDifferencesThanTheHorizonHasStepsAreNoEvidence() {
        double[] differences = new Random(3).doubles(24, 0, 1).toArray();

        assertThat(DieboldMariano.test(differences, 24).pValue()).isOne();
        assertThat(DieboldMariano.test(differences, 48).pValue()).isOne();
        assertThat(DieboldMariano.test(differences, 1).pValue()).isLessThan(0.001);
    }

    /// n = 3 has one transform, √(2/3)·(1·cos 30° + 2·cos 90° + 4·cos 150°) = −√(2/3)·3·√3/2 =
    /// −2.1213.
    @Test
    void smoothedByHand() {
        DieboldMariano test = DieboldMariano.smoothed(new double[] {1, 2, 4});

        assertThat(test.statistic()).isCloseTo(Math.sqrt(3) * 7 / 3 / 2.12132034, within(1e-8));
        // With one degree of freedom, Student's t is Cauchy's.
        assertThat(test.pValue()).isCloseTo(0.5 - Math.atan(test.statistic()) / Math.PI, within(1e-12));
    }

    /// SciPy 1.17.1: L = scipy.fft.dct(d, norm="ortho")[1:4]; t = √n·mean(d) / √mean(L²); scipy.stats.t.sf(t,
    /// 3).
    @Test
    void smoothedAgreesWithTheCosineTransformOfSciPy() {
        DieboldMariano test =
                DieboldMariano.smoothed(new double[] {0.3, 0.4, -0.1, -0.3, 0.2, 0.6, 0.8, 0.5, -0.2, -0.4, -0.1, 0.3});

        assertThat(test.statistic()).isCloseTo(1.9153268820561113, within(1e-12));
        assertThat(test.pValue()).isCloseTo(0.07566552011843458, within(1e-9));
        assertThat(test.n()).isEqualTo(12);
    }

    @Test
    void smoothedEqualDifferencesAreDecidedByTheirSign() {
        assertThat(DieboldMariano.smoothed(new double[] {0.1, 0.1, 0.1}).pValue())
                .isZero();
        assertThat(DieboldMariano.smoothed(new double[] {0, 0, 0}).pValue()).isOne();
        assertThat(DieboldMariano.smoothed(new double[] {-2, -2}).pValue()).isOne();
        assertThatThrownBy(() -> DieboldMariano.smoothed(new double[] {1})).hasMessageContaining("at least 2");
    }

    /// Differences with an autocorrelation of 0.5, as pooled loss differences have at most, at a level of 5 %.
    @Test
    void smoothedKeepsItsSizeUnderAutocorrelation() {
        Random random = new Random(8);
        int trials = 2000;
        long rejected = java.util.stream.IntStream.range(0, trials)
                .filter(_ ->
                        DieboldMariano.smoothed(autocorrelated(random, 72, 0.5)).pValue() < 0.05)
                .count();

        assertThat((double) rejected / trials).isBetween(0.03, 0.085);
    }

    private static double[] autocorrelated(Random random, int n, double memory) {
        double[] series = new double[n];
        series[0] = random.nextGaussian();
        for (int t = 1; t < n; t++) {
            series[t] = memory * series[t - 1] + Math.sqrt(1 - memory * memory) * random.nextGaussian();
        }
        return series;
    }

    @Test
    void refusesASingleDifference() {
        assertThatThrownBy(() -> DieboldMariano.test(new double[] {1}, 1)).hasMessageContaining("at least 2");
    }

    @ParameterizedTest
    // Tables of Student's t: upper quantiles.
    @CsvSource({
        "6.3138, 1, 0.05", "2.9200, 2, 0.05", "2.3534, 3, 0.05", "1.8125, 10, 0.05", "2.2281, 10, 0.025",
        "2.5395, 19, 0.01", "1.6602, 100, 0.05", "1.6449, 100000, 0.05", "0, 7, 0.5", "-1.8125, 10, 0.95"
    })
    void theTailIsThatOfTheTables(double t, int freedom, double probability) {
        assertThat(DieboldMariano.upperTail(t, freedom)).isCloseTo(probability, within(2e-5));
    }
}
