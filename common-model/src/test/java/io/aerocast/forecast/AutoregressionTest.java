package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoregressionTest {

    private static final int TERMS = 12;
    private static final int HORIZONS = 3;
    private static final double[] UNBOUNDED = {
        Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
    };

    private final Random random = new Random(17);
    private final double[][] rows = numbers(2400, TERMS);
    private final double[][] truth = numbers(TERMS, HORIZONS);
    private final double[][] changes = changes();

    /// The oracle solves the normal equations of all rows at once.
    @Test
    void manyUpdatesEqualOneRidgeRegressionOnAllRows() {
        double[] ridge = numbers(1, TERMS)[0];
        Arrays.setAll(ridge, i -> 0.5 + ridge[i] * ridge[i]);
        Autoregression online = batch(400, ridge, 1);
        for (int row = 400; row < rows.length; row++) {
            online.learn(rows[row], changes[row], 1);
        }

        assertSame(online, batch(rows.length, ridge, 1), 1e-9);
    }

    @Test
    void withForgettingTheyEqualOneOnWeightedRows() {
        double[] ridge = new double[TERMS];
        Arrays.fill(ridge, 1e-13);
        Autoregression online = batch(400, ridge, 0.99);
        for (int row = 400; row < rows.length; row++) {
            online.learn(rows[row], changes[row], 0.99);
        }

        assertSame(online, batch(rows.length, ridge, 0.99), 1e-9);
    }

    @Test
    void aTermThatIsAlwaysZeroKeepsTheInformationOfTheRidge() {
        double[] ridge = new double[TERMS];
        Arrays.fill(ridge, 2);
        Autoregression online = batch(100, ridge, 1);
        for (int i = 0; i < 20_000; i++) {
            double[] row = rows[i % rows.length].clone();
            row[5] = 0;
            online.learn(row, changes[i % rows.length], 0.99);
        }

        double[] unit = new double[TERMS];
        unit[5] = 1;
        assertThat(online.information().solve(unit)[5]).isBetween(0.3, 0.7);
        assertThat(Arrays.stream(online.weights()).flatMapToDouble(Arrays::stream))
                .allMatch(Double::isFinite);
    }

    @Test
    void aMissingTargetLeavesItsHorizonUnchanged() {
        Autoregression online = batch(100, ones(), 1);
        double[][] before = online.copy().weights();

        online.learn(rows[100], new double[] {Double.NaN, changes[100][1], Double.NaN}, 1);

        for (int i = 0; i < TERMS; i++) {
            assertThat(online.weights()[i][0]).isEqualTo(before[i][0]);
            assertThat(online.weights()[i][1]).isNotEqualTo(before[i][1]);
            assertThat(online.weights()[i][2]).isEqualTo(before[i][2]);
        }
    }

    @Test
    void anErrorBeyondTheBoundCountsAsTheBound() {
        double[] bounds = {0.5, 0.5, 0.5};
        Autoregression wild = new Autoregression(
                batch(100, ones(), 1).weights(), batch(100, ones(), 1).information(), ones(), bounds);
        Autoregression tame = wild.copy();
        double[] expected = tame.predict(rows[100]);

        wild.learn(rows[100], Arrays.stream(expected).map(y -> y + 1000).toArray(), 1);
        tame.learn(rows[100], Arrays.stream(expected).map(y -> y + 0.5).toArray(), 1);

        assertSame(wild, tame, 1e-12);
    }

    @Test
    void aCopyIsIndependent() {
        Autoregression one = batch(100, ones(), 1);
        Autoregression other = one.copy();

        other.learn(rows[100], changes[100], 0.9);

        assertSame(one, batch(100, ones(), 1), 0);
    }

    @Test
    void solvesWhatItDecomposes() {
        Cholesky factor = Cholesky.of(new double[][] {{4}, {2, 5}, {2, 3, 6}});

        assertThat(factor.packed()).containsExactly(new double[] {2, 1, 2, 1, 1, 2}, within(1e-15));
        // 4 + 4 + 6 = 14, 2 + 10 + 9 = 21, 2 + 6 + 18 = 26
        assertThat(factor.solve(new double[] {14, 21, 26})).containsExactly(new double[] {1, 2, 3}, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cholesky.of(new double[][] {{1}, {1, 1}}))
                .withMessage("The observations do not determine coefficient 1 of 2");
    }

    private Autoregression batch(int count, double[] ridge, double kept) {
        double[][] gram = new double[TERMS][TERMS];
        double[][] moments = new double[HORIZONS][TERMS];
        for (int i = 0; i < TERMS; i++) {
            gram[i][i] = ridge[i];
        }
        for (int row = 0; row < count; row++) {
            double weight = Math.pow(kept, count - 1 - row);
            for (int i = 0; i < TERMS; i++) {
                for (int j = 0; j < TERMS; j++) {
                    gram[i][j] += weight * rows[row][i] * rows[row][j];
                }
                for (int h = 0; h < HORIZONS; h++) {
                    moments[h][i] += weight * rows[row][i] * changes[row][h];
                }
            }
        }
        Cholesky information = Cholesky.of(gram);
        double[][] weights = new double[TERMS][HORIZONS];
        for (int h = 0; h < HORIZONS; h++) {
            double[] solution = information.solve(moments[h]);
            for (int i = 0; i < TERMS; i++) {
                weights[i][h] = solution[i];
            }
        }
        return new Autoregression(weights, information, ridge, UNBOUNDED);
    }

    private double[][] changes() {
        double[][] made = new double[rows.length][HORIZONS];
        for (int row = 0; row < rows.length; row++) {
            WeightedRows.addTo(made[row], HORIZONS, rows[row], truth);
            for (int h = 0; h < HORIZONS; h++) {
                made[row][h] += 0.3 * random.nextGaussian();
            }
        }
        return made;
    }

    private double[][] numbers(int count, int length) {
        double[][] numbers = new double[count][length];
        for (double[] row : numbers) {
            Arrays.setAll(row, _ -> random.nextGaussian());
        }
        return numbers;
    }

    private static double[] ones() {
        double[] ones = new double[TERMS];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void assertSame(Autoregression found, Autoregression expected, double tolerance) {
        for (int i = 0; i < TERMS; i++) {
            assertThat(found.weights()[i]).containsExactly(expected.weights()[i], within(tolerance));
        }
    }
}
