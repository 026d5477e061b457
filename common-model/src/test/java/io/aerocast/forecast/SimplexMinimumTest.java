package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimplexMinimumTest {

    private static final boolean[] BOTH = {true, true};

    /// Bates and Granger (1969): w₁ = (σ₂² − ρσ₁σ₂) / (σ₁² + σ₂² − 2ρσ₁σ₂).
    @Test
    void weighsTwoPartsByTheirVariancesAndCorrelation() {
        double[][] matrix = {{1, 0.5}, {0.5, 4}};

        assertThat(SimplexMinimum.weights(matrix, BOTH))
                .containsExactly(new double[] {3.5 / 4, 0.5 / 4}, within(1e-12));
    }

    /// The unconstrained minimum would weigh the second part below zero.
    @Test
    void givesNoWeightToAPartThatIsWorseAndErrsAlike() {
        double[][] matrix = {{1, 1.2}, {1.2, 4}};

        assertThat(SimplexMinimum.weights(matrix, BOTH)).containsExactly(1, 0);
    }

    @Test
    void usesOnlyTheUsableParts() {
        double[][] matrix = {{1, 0, 0}, {0, 2, 0}, {0, 0, 2}};

        assertThat(SimplexMinimum.weights(matrix, new boolean[] {false, true, true}))
                .containsExactly(0, 0.5, 0.5);
    }

    @Test
    void takesOneOfTwoEqualParts() {
        double[][] matrix = {{1, 1}, {1, 1}};

        assertThat(SimplexMinimum.weights(matrix, BOTH)).containsExactly(1, 0);
    }

    /// Against a search over a grid of the simplex, with steps of 0.02.
    @Test
    void noOtherWeightsHaveASmallerError() {
        Random random = new Random(1);
        for (int draw = 0; draw < 20; draw++) {
            double[][] matrix = moments(random);
            double found = error(matrix, SimplexMinimum.weights(matrix, new boolean[] {true, true, true, true}));

            assertThat(found).isLessThanOrEqualTo(smallestOnAGrid(matrix)).isPositive();
        }
    }

    private static double smallestOnAGrid(double[][] matrix) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int a = 0; a <= 50; a++) {
            for (int b = 0; a + b <= 50; b++) {
                for (int c = 0; a + b + c <= 50; c++) {
                    double[] weights = {a / 50.0, b / 50.0, c / 50.0, (50 - a - b - c) / 50.0};
                    smallest = Math.min(smallest, error(matrix, weights));
                }
            }
        }
        return smallest + 1e-12;
    }

    private static double[][] moments(Random random) {
        double[][] matrix = new double[4][4];
        for (int sample = 0; sample < 6; sample++) {
            double shared = random.nextGaussian();
            double[] errors = random.doubles(4, -1, 1).map(own -> shared + own).toArray();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    matrix[i][j] += errors[i] * errors[j];
                }
            }
        }
        return matrix;
    }

    private static double error(double[][] matrix, double[] weights) {
        double error = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                error += weights[i] * matrix[i][j] * weights[j];
            }
        }
        return error;
    }
}
