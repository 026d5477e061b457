package io.aerocast.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The weights w ≥ 0 with Σw = 1 that minimise wᵀMw: the combination of forecasts with the smallest mean squared
/// error, where M holds the second moments of their errors (Bates and Granger 1969; without bias and intercept,
/// Granger and Ramanathan 1984).
///
/// Exact, by enumeration: at the minimum, the weights of some subset S of the parts are positive and proportional to
/// the solution of M_S x = 1, and the minimum is 1 / Σx. There are few parts, so all subsets are tried.
final class SimplexMinimum {

    private SimplexMinimum() {}

    /// @param matrix shape [parts][parts], symmetric, with a positive diagonal; need not be definite
    /// @param usable shape [parts], which parts may have weight; at least one
    /// @return shape [parts]
    static double[] weights(double[][] matrix, boolean[] usable) {
        int[] parts = IntStream.range(0, usable.length).filter(i -> usable[i]).toArray();
        double[] best = new double[matrix.length];
        double largest = 0;
        for (int subset = 1; subset < 1 << parts.length; subset++) {
            int chosen = subset;
            int[] members = IntStream.range(0, parts.length)
                    .filter(i -> (chosen >> i & 1) == 1)
                    .map(i -> parts[i])
                    .toArray();
            double[] solution = solve(matrix, members);
            double sum = Arrays.stream(solution).sum();
            if (positive(solution) && sum > largest) {
                largest = sum;
                best = spread(members, solution, sum, matrix.length);
            }
        }
        return best;
    }

    private static boolean positive(double[] values) {
        for (double value : values) {
            if (!(value > 0 && Double.isFinite(value))) {
                return false;
            }
        }
        return true;
    }

    private static double[] spread(int[] members, double[] solution, double sum, int length) {
        double[] weights = new double[length];
        for (int i = 0; i < members.length; i++) {
            weights[members[i]] = solution[i] / sum;
        }
        return weights;
    }

    /// Solves M_S x = 1 by Gaussian elimination. A singular matrix gives values that are not finite.
    private static double[] solve(double[][] matrix, int[] members) {
        int n = members.length;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = matrix[members[i]][members[j]];
            }
            rows[i][n] = 1;
        }
        for (int pivot = 0; pivot < n; pivot++) {
            for (int i = pivot + 1; i < n; i++) {
                eliminate(rows[i], rows[pivot], pivot);
            }
        }
        return substituted(rows);
    }

    private static void eliminate(double[] row, double[] pivotRow, int pivot) {
        double factor = row[pivot] / pivotRow[pivot];
        for (int j = pivot; j < row.length; j++) {
            row[j] -= factor * pivotRow[j];
        }
    }

    private static double[] substituted(double[][] rows) {
        int n = rows.length;
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            x[i] = rows[i][n];
            for (int j = i + 1; j < n; j++) {
                x[i] -= rows[i][j] * x[j];
            }
            x[i] /= rows[i][i];
        }
        return x;
    }
}
