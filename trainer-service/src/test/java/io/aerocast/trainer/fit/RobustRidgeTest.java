package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RobustRidgeTest {

    private static final double[] EQUAL = {1, 1, 1, 1, 1};

    @Test
    void findsThePlanesThatThePointsLieOn() {
        double[][] rows = {{1, 0, 0}, {1, 1, 0}, {1, 0, 1}, {1, 2, 3}, {1, -1, 4}};
        double[][] targets = Arrays.stream(rows)
                .map(row -> new double[] {7 - 2 * row[1] + 0.5 * row[2], 1 + row[2]})
                .toArray(double[][]::new);

        double[][] found = RobustRidge.fit(rows, EQUAL, targets, new double[3]).coefficients();

        assertThat(found[0]).containsExactly(new double[] {7, 1}, within(1e-12));
        assertThat(found[1]).containsExactly(new double[] {-2, 0}, within(1e-12));
        assertThat(found[2]).containsExactly(new double[] {0.5, 1}, within(1e-12));
    }

    /// Four points at x = ±1, y = 10 ± 3: Σxy = 12 and Σx² = 4, so a ridge of 4 halves the slope of 3; the
    /// constant, which has none, stays 10.
    @Test
    void theRidgePullsACoefficientToZero() {
        double[][] rows = {{1, 1}, {1, -1}, {1, 1}, {1, -1}};
        double[][] targets = {{13}, {7}, {13}, {7}};

        RobustRidge fit = RobustRidge.fit(rows, EQUAL, targets, new double[] {0, 4});

        assertThat(column(fit)).containsExactly(new double[] {10, 1.5}, within(1e-12));
        assertThat(fit.rmse()[0]).isCloseTo(1.5, within(1e-12));
    }

    /// The weighted mean of 0, 0 and 8 with weights 3, 3 and 2 is 2; no error is three deviations away.
    @Test
    void rowsHaveWeights() {
        double[][] targets = {{0}, {0}, {8}};

        RobustRidge fit =
                RobustRidge.fit(new double[][] {{1}, {1}, {1}}, new double[] {3, 3, 2}, targets, new double[1]);

        assertThat(column(fit)).containsExactly(new double[] {2}, within(1e-12));
    }

    @Test
    void anOutputWithoutAValueLeavesTheOtherOutputsAlone() {
        double[][] rows = {{1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}};
        double[][] targets = {{1, 5}, {3, 5}, {5, Double.NaN}, {7, 5}, {9, 5}};

        double[][] found = RobustRidge.fit(rows, EQUAL, targets, new double[2]).coefficients();

        assertThat(found[0]).containsExactly(new double[] {1, 5}, within(1e-12));
        assertThat(found[1]).containsExactly(new double[] {2, 0}, within(1e-12));
    }

    /// Seven readings near 10 and one of 1000, whose plain mean is 133.75.
    @Test
    void anOutlierCountsAsIfItWereThreeDeviationsAway() {
        double[][] rows = new double[8][];
        Arrays.setAll(rows, _ -> new double[] {1});
        double[] equal = new double[8];
        Arrays.fill(equal, 1);
        double[][] targets = {{9}, {9.5}, {10}, {10}, {10.5}, {11}, {10}, {1000}};

        double plain = Arrays.stream(targets).mapToDouble(y -> y[0]).average().orElseThrow();
        double robust = column(RobustRidge.fit(rows, equal, targets, new double[1]))[0];

        assertThat(plain).isCloseTo(133.75, within(1e-9));
        assertThat(robust).isBetween(10.0, 75.0);
    }

    @Test
    void refusesWhatTheRowsDoNotDetermine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RobustRidge.fit(new double[][] {{1, 2}}, new double[] {1}, new double[][] {{5}}, new double[2]))
                .withMessage("The observations do not determine coefficient 1 of 2");
    }

    private static double[] column(RobustRidge fit) {
        return Arrays.stream(fit.coefficients()).mapToDouble(term -> term[0]).toArray();
    }
}
