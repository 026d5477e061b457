package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatwaveTest {

    private static final int LAGS = 24;

    @Test
    void givesTheSameValueForTheSameSeedAndStep() {
        Heatwave heatwave = new Heatwave(7, 600, OptionalLong.empty());

        assertThat(new Heatwave(7, 600, OptionalLong.empty()).temperature(1_000))
                .isEqualTo(heatwave.temperature(1_000));
        assertThat(new Heatwave(8, 600, OptionalLong.empty()).temperature(1_000))
                .isNotEqualTo(heatwave.temperature(1_000));
    }

    @Test
    void isCalmUntilTheHeatwaveFadesInAndAfterItFadedOut() {
        Heatwave heatwave = new Heatwave(1, 100, OptionalLong.of(200));

        assertThat(LongStream.of(0, 99, 100, 124, 148, 299, 300, 324, 348, 9_999)
                        .mapToObj(heatwave::heat))
                .containsExactly(0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0);
        assertThat(LongStream.of(0, 99, 400).mapToObj(heatwave::temperature))
                .containsExactlyElementsOf(LongStream.of(0, 99, 400)
                        .mapToObj(Heatwave.never(1)::temperature)
                        .toList());
    }

    @Test
    void aHeatwaveThatEndsWhileItFadesInNeverReachesItsFullStrength() {
        Heatwave heatwave = new Heatwave(1, 0, OptionalLong.of(24));

        assertThat(LongStream.range(0, 200).mapToDouble(heatwave::heat).max()).hasValue(0.5);
        assertThat(heatwave.heat(200)).isZero();
    }

    @Test
    void staysPlausible() {
        Heatwave heatwave = new Heatwave(3, 500, OptionalLong.empty());

        assertThat(LongStream.range(0, 5_000).mapToObj(heatwave::temperature)).allMatch(t -> t > 10 && t < 55);
        assertThat(Arrays.stream(temperatures(Heatwave.never(3), 0, 2_400))
                        .average()
                        .orElseThrow())
                .isBetween(19.8, 20.2);
        assertThat(Arrays.stream(temperatures(heatwave, 600, 3_000)).average().orElseThrow())
                .isBetween(31.8, 32.2);
    }

    /// The premise of the demo, for the model that a heatwave affects least; see the table in [Heatwave].
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aModelFittedOnTheCalmBecomesInaccurateAndARefittedOneDoesNot(long seed) {
        Heatwave heatwave = new Heatwave(seed, 800, OptionalLong.empty());
        double[] test = temperatures(heatwave, 1_200, 2_000);
        double[] ofCalm = fit(temperatures(heatwave, 0, 600));
        double[] ofHeatwave = fit(temperatures(heatwave, 848, 1_172));

        double calm = rmse(ofCalm, temperatures(heatwave, 600, 800));
        double drifted = rmse(ofCalm, test);
        double healed = rmse(ofHeatwave, test);

        assertThat(calm).isBetween(0.45, 0.65);
        assertThat(drifted).isGreaterThan(2 * calm);
        assertThat(healed).isLessThan(1.25 * calm);
    }

    private static double[] temperatures(Heatwave heatwave, long from, long to) {
        return LongStream.range(from, to).mapToDouble(heatwave::temperature).toArray();
    }

    /// Ridge regression of the next change on the last 24 values relative to the latest one.
    private static double[] fit(double[] x) {
        double[][] a = new double[LAGS][LAGS + 1];
        for (int t = LAGS; t < x.length; t++) {
            double[] row = row(x, t);
            for (int i = 0; i < LAGS; i++) {
                for (int j = 0; j < LAGS; j++) {
                    a[i][j] += row[i] * row[j];
                }
                a[i][LAGS] += row[i] * (x[t] - x[t - 1]);
            }
        }
        for (int i = 0; i < LAGS; i++) {
            a[i][i] += 1;
        }
        return solve(a);
    }

    private static double[] row(double[] x, int t) {
        double[] row = new double[LAGS];
        for (int lag = 1; lag < LAGS; lag++) {
            row[lag] = x[t - 1 - lag] - x[t - 1];
        }
        row[0] = 1;
        return row;
    }

    private static double rmse(double[] weights, double[] x) {
        double sum = 0;
        for (int t = LAGS; t < x.length; t++) {
            double[] row = row(x, t);
            double change = 0;
            for (int i = 0; i < LAGS; i++) {
                change += weights[i] * row[i];
            }
            double residual = x[t] - x[t - 1] - change;
            sum += residual * residual;
        }
        return Math.sqrt(sum / (x.length - LAGS));
    }

    /// Gaussian elimination of a symmetric positive definite system with its right-hand side in the last column.
    private static double[] solve(double[][] a) {
        int n = a.length;
        for (int p = 0; p < n; p++) {
            for (int r = p + 1; r < n; r++) {
                double factor = a[r][p] / a[p][p];
                for (int c = p; c <= n; c++) {
                    a[r][c] -= factor * a[p][c];
                }
            }
        }
        double[] solution = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double rest = a[r][n];
            for (int c = r + 1; c < n; c++) {
                rest -= a[r][c] * solution[c];
            }
            solution[r] = rest / a[r][r];
        }
        return solution;
    }
}
