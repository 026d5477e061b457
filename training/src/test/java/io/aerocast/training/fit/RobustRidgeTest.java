package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RobustRidgeTest {

    private static final double[] EQUAL = {1, 1, 1, 1, 1};
    private static final double[][] WITH_OUTLIER = {{9}, {9.5}, {10}, {10}, {10.5}, {11}, {10}, {1000}};

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
    /// constant, which has no penalty, stays 10.
    @Test
    void theRidgeShrinksACoefficient() {
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

    /// Seven readings of the mean 10 and one of 1000, which counts as if it were one bound b above the estimate m.
    /// So 8m = 70 + (m + b), which is m = 10 + b/7; the plain mean is 133.75.
    @Test
    void anOutlierCountsAsIfItWereThreeDeviationsAway() {
        RobustRidge fit = RobustRidge.fit(constant(8), ones(8), WITH_OUTLIER, new double[1]);

        double found = column(fit)[0];
        assertThat(found).isBetween(10.0, 11.0);
        assertThat(found).isCloseTo(10 + fit.bounds()[0] / 7, within(1e-3));
    }

    @Test
    void boundsAndErrorBelongToTheCoefficients() {
        RobustRidge fit = RobustRidge.fit(constant(8), ones(8), WITH_OUTLIER, new double[1]);

        double[] errors = Arrays.stream(WITH_OUTLIER)
                .mapToDouble(y -> Math.abs(y[0] - column(fit)[0]))
                .sorted()
                .toArray();
        assertThat(fit.bounds()[0]).isCloseTo(3 * 1.4826 * errors[4], within(1e-12));
        assertThat(fit.rmse()[0])
                .isCloseTo(
                        Math.sqrt(Arrays.stream(errors)
                                .map(error -> error * error)
                                .average()
                                .orElseThrow()),
                        within(1e-9));
    }

    /// Only midnight has no error; a stride of whole days would sample nothing else.
    @Test
    void theBoundCoversEveryHourOfTheDay() {
        int hours = 24_000;
        double[][] targets = new double[hours][];
        Arrays.setAll(targets, hour -> new double[] {hour % 24 == 0 ? 0 : hour % 4 < 2 ? 1 : -1});

        RobustRidge fit = RobustRidge.fit(constant(hours), ones(hours), targets, new double[1]);

        assertThat(fit.bounds()[0]).isCloseTo(3 * 1.4826, within(0.5));
    }

    @Test
    void refusesCoefficientsThatTheRowsDoNotDetermine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RobustRidge.fit(new double[][] {{1, 2}}, new double[] {1}, new double[][] {{5}}, new double[2]))
                .withMessage("The observations do not determine coefficient 1 of 2");
    }

    private static double[][] constant(int rows) {
        double[][] constant = new double[rows][];
        Arrays.setAll(constant, _ -> new double[] {1});
        return constant;
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] column(RobustRidge fit) {
        return Arrays.stream(fit.coefficients()).mapToDouble(term -> term[0]).toArray();
    }
}
