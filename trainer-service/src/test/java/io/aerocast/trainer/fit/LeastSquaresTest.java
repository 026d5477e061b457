package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    @Test
    void findsThePlaneThatThePointsLieOn() {
        LeastSquares regression = new LeastSquares(3);
        double[][] points = {{0, 0}, {1, 0}, {0, 1}, {2, 3}, {-1, 4}};
        for (double[] point : points) {
            regression.add(new double[] {1, point[0], point[1]}, 7 - 2 * point[0] + 0.5 * point[1]);
        }

        assertThat(regression.solve(0)).containsExactly(new double[] {7, -2, 0.5}, within(1e-12));
    }

    /// Four points at x = ±1, y = 10 ± 3: Σxy = 12 and Σx² = 4, so a ridge of 4 halves the slope of 3; the constant
    /// stays 10.
    @Test
    void theRidgePullsEveryCoefficientButTheConstantToZero() {
        LeastSquares regression = new LeastSquares(2);
        for (int x : new int[] {1, -1, 1, -1}) {
            regression.add(new double[] {1, x}, 10 + 3 * x);
        }

        assertThat(regression.solve(4)).containsExactly(new double[] {10, 1.5}, within(1e-12));
    }

    @Test
    void refusesWhatTheRowsDoNotDetermine() {
        LeastSquares regression = new LeastSquares(2);
        regression.add(new double[] {1, 2}, 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> regression.solve(0))
                .withMessage("The observations do not determine coefficient 1 of 2");
    }
}
