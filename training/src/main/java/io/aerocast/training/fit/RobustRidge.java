package io.aerocast.training.fit;

import io.aerocast.forecast.Cholesky;
import io.aerocast.forecast.WeightedRows;
import java.util.Arrays;

/// A ridge regression of several outputs on the same rows that is robust against outliers: Huber's M-estimator by
/// pseudo-values (Huber and Ronchetti, Robust Statistics, 7.8.1). An error beyond a bound is clipped to it, so the
/// normal matrix is the same in each pass and for all outputs: one Cholesky decomposition, many right-hand sides.
/// Outputs with missing values have a decomposition of their own. The bound is three robust standard deviations of
/// the errors; bounds and coefficients are computed in alternating passes until the errors settle.
///
/// @param coefficients shape [terms][outputs]
/// @param information Σ w xxᵀ + Λ over all rows
/// @param bounds shape [outputs], three robust standard deviations of the error
/// @param rmse shape [outputs], root mean squared error of the rows, weighted; `NaN` without a row
record RobustRidge(double[][] coefficients, Cholesky information, double[] bounds, double[] rmse) {

    /// Errors that change by less than this fraction of their bound have settled; most data need less than ten
    /// passes.
    private static final double SETTLED = 1e-4;

    private static final int MOST_PASSES = 50;
    private static final double BOUND = 3;

    /// Standard deviation over median absolute error, for Gaussian errors.
    private static final double DEVIATIONS = 1.4826;

    /// Number of errors that are enough to estimate their median, about.
    private static final int ERRORS = 1000;

    /// Computes the coefficients.
    ///
    /// @param rows shape [rows][terms]
    /// @param weights shape [rows]
    /// @param targets shape [rows][outputs]; `NaN` where one is missing
    /// @param ridge Λ's diagonal, shape [terms]
    /// @throws IllegalArgumentException if the rows do not determine the coefficients
    static RobustRidge fit(double[][] rows, double[] weights, double[][] targets, double[] ridge) {
        return new Solver(rows, weights, targets, ridge).solve();
    }

    /// The normal equations and their solution.
    static final class Solver {

        private final double[][] rows;
        private final double[] weights;
        private final double[][] targets;
        private final double[] ridge;
        private final int outputs;
        private final double[][] errors;

        Solver(double[][] rows, double[] weights, double[][] targets, double[] ridge) {
            this.rows = rows;
            this.weights = weights;
            this.targets = targets;
            this.ridge = ridge;
            this.outputs = targets[0].length;
            this.errors = new double[rows.length][outputs];
        }

        RobustRidge solve() {
            double[][] gram = gram();
            Cholesky shared = Cholesky.of(gram);
            Cholesky[] own = new Cholesky[outputs];
            for (int output = 0; output < outputs; output++) {
                own[output] = missing(output) ? Cholesky.of(without(gram, output)) : shared;
            }
            double[][] moments = moments();
            double[][] coefficients = solve(own, moments);
            double[] bounds = new double[outputs];
            for (int pass = 0; computeErrors(coefficients, bounds) && pass < MOST_PASSES; pass++) {
                bounds = bounds();
                coefficients = solve(own, withoutExcess(moments, bounds));
            }
            return new RobustRidge(coefficients, shared, bounds(), rmse());
        }

        /// Σ w xxᵀ + Λ, the lower triangle.
        double[][] gram() {
            double[][] gram = new double[ridge.length][ridge.length];
            for (int i = 0; i < ridge.length; i++) {
                gram[i][i] = ridge[i];
            }
            int row = 0;
            for (; row + 4 <= rows.length; row += 4) {
                addFourOuterProducts(gram, row);
            }
            for (; row < rows.length; row++) {
                addOuterProduct(gram, rows[row], weights[row]);
            }
            return gram;
        }

        /// Four rows at a time, to store each sum less often.
        private void addFourOuterProducts(double[][] gram, int first) {
            double[] x0 = rows[first];
            double[] x1 = rows[first + 1];
            double[] x2 = rows[first + 2];
            double[] x3 = rows[first + 3];
            for (int i = 0; i < gram.length; i++) {
                double f0 = weights[first] * x0[i];
                double f1 = weights[first + 1] * x1[i];
                double f2 = weights[first + 2] * x2[i];
                double f3 = weights[first + 3] * x3[i];
                double[] sums = gram[i];
                for (int j = 0; j <= i; j++) {
                    sums[j] += f0 * x0[j] + f1 * x1[j] + f2 * x2[j] + f3 * x3[j];
                }
            }
        }

        private static void addOuterProduct(double[][] gram, double[] x, double weight) {
            for (int i = 0; i < x.length; i++) {
                double factor = weight * x[i];
                double[] sums = gram[i];
                for (int j = 0; j <= i; j++) {
                    sums[j] += factor * x[j];
                }
            }
        }

        private boolean missing(int output) {
            return Arrays.stream(targets).anyMatch(target -> Double.isNaN(target[output]));
        }

        private double[][] without(double[][] gram, int output) {
            double[][] rest = Arrays.stream(gram).map(double[]::clone).toArray(double[][]::new);
            for (int row = 0; row < rows.length; row++) {
                if (Double.isNaN(targets[row][output])) {
                    addOuterProduct(rest, rows[row], -weights[row]);
                }
            }
            return rest;
        }

        /// Σ w xyᵀ, a missing target counting as 0.
        ///
        /// @return shape [terms][outputs]
        double[][] moments() {
            double[][] moments = new double[ridge.length][outputs];
            double[] known = new double[outputs];
            for (int row = 0; row < rows.length; row++) {
                for (int output = 0; output < outputs; output++) {
                    double target = targets[row][output];
                    known[output] = Double.isNaN(target) ? 0 : target;
                }
                for (int i = 0; i < ridge.length; i++) {
                    double factor = weights[row] * rows[row][i];
                    double[] sums = moments[i];
                    for (int output = 0; output < outputs; output++) {
                        sums[output] += factor * known[output];
                    }
                }
            }
            return moments;
        }

        private double[][] solve(Cholesky[] own, double[][] moments) {
            double[][] coefficients = new double[ridge.length][outputs];
            for (int output = 0; output < outputs; output++) {
                double[] column = new double[ridge.length];
                for (int i = 0; i < column.length; i++) {
                    column[i] = moments[i][output];
                }
                double[] solution = own[output].solve(column);
                for (int i = 0; i < column.length; i++) {
                    coefficients[i][output] = solution[i];
                }
            }
            return coefficients;
        }

        /// @return whether an error changed
        private boolean computeErrors(double[][] coefficients, double[] bounds) {
            boolean moved = false;
            double[] predicted = new double[outputs];
            for (int row = 0; row < rows.length; row++) {
                Arrays.fill(predicted, 0);
                WeightedRows.addTo(predicted, outputs, rows[row], coefficients);
                for (int output = 0; output < outputs; output++) {
                    double error = targets[row][output] - predicted[output];
                    moved |= Math.abs(error - errors[row][output]) > SETTLED * bounds[output];
                    errors[row][output] = error;
                }
            }
            return moved;
        }

        private double[] bounds() {
            double[] bounds = new double[outputs];
            int stride = rows.length / ERRORS | 1; // odd, so that hourly rows cover all hours of the day
            for (int output = 0; output < outputs; output++) {
                double[] some = new double[(rows.length - 1) / stride + 1];
                int known = 0;
                for (int row = 0; row < rows.length; row += stride) {
                    if (!Double.isNaN(errors[row][output])) {
                        some[known++] = Math.abs(errors[row][output]);
                    }
                }
                double[] sorted = Arrays.copyOf(some, known);
                Arrays.sort(sorted);
                double median = known == 0 ? 0 : sorted[known / 2];
                // With mostly zero errors, as of a constant target, the others are no outliers.
                bounds[output] = BOUND * (median > 0 ? DEVIATIONS * median : rmse(output));
            }
            return bounds;
        }

        private double[][] withoutExcess(double[][] moments, double[] bounds) {
            double[][] rest = Arrays.stream(moments).map(double[]::clone).toArray(double[][]::new);
            for (int row = 0; row < rows.length; row++) {
                for (int output = 0; output < outputs; output++) {
                    double error = errors[row][output];
                    if (Math.abs(error) > bounds[output]) {
                        double excess = error - Math.copySign(bounds[output], error);
                        for (int i = 0; i < ridge.length; i++) {
                            rest[i][output] -= weights[row] * rows[row][i] * excess;
                        }
                    }
                }
            }
            return rest;
        }

        private double[] rmse() {
            double[] rmse = new double[outputs];
            for (int output = 0; output < outputs; output++) {
                rmse[output] = rmse(output);
            }
            return rmse;
        }

        private double rmse(int output) {
            double squares = 0;
            double total = 0;
            for (int row = 0; row < rows.length; row++) {
                double error = errors[row][output];
                if (!Double.isNaN(error)) {
                    squares += weights[row] * error * error;
                    total += weights[row];
                }
            }
            return Math.sqrt(squares / total);
        }
    }
}
