package io.aerocast.forecast;

/// The weights w ≥ 0 with Σw = 1 that minimise wᵀMw: the combination of forecasts with the smallest mean squared
/// error, where M holds the second moments of their errors (Bates and Granger 1969; without bias and intercept,
/// Granger and Ramanathan 1984).
///
/// Exact, by enumeration: at the minimum, the weights of some subset S of the parts are positive and
/// proportional to the solution of M_S x = 1, and the minimum is 1 / Σx. There are few parts, so all subsets
/// are tried.
final class SimplexMinimum {

    private final double[][] matrix;
    private final int[] members;

    /// The equations of a subset, with the right-hand side, later the solution, as the last column.
    private final double[][] rows;

    private SimplexMinimum(double[][] matrix) {
        this.matrix = matrix;
        this.members = new int[matrix.length];
        this.rows = new double[matrix.length][matrix.length + 1];
    }

    /// @param matrix shape [parts][parts], symmetric, with a positive diagonal; need not be definite
    /// @param usable shape [parts], which parts may have weight; at least one
    /// @return shape [parts]
    static double[] weights(double[][] matrix, boolean[] usable) {
        return new SimplexMinimum(matrix).minimum(mask(usable));
    }

    private static int mask(boolean[] usable) {
        int mask = 0;
        for (int part = 0; part < usable.length; part++) {
            mask |= usable[part] ? 1 << part : 0;
        }
        return mask;
    }

    private double[] minimum(int usable) {
        double[] best = new double[matrix.length];
        double largest = 0;
        for (int subset = 1; subset <= usable; subset++) {
            if ((subset & ~usable) == 0) {
                int size = choose(subset);
                double sum = solve(size);
                if (sum > largest) {
                    largest = sum;
                    best = shares(size, sum);
                }
            }
        }
        return best;
    }

    /// Sets the members of a subset.
    ///
    /// @return their number
    private int choose(int subset) {
        int size = 0;
        for (int part = 0; part < matrix.length; part++) {
            if ((subset >> part & 1) == 1) {
                members[size++] = part;
            }
        }
        return size;
    }

    private double[] shares(int size, double sum) {
        double[] shares = new double[matrix.length];
        for (int i = 0; i < size; i++) {
            shares[members[i]] = rows[i][size] / sum;
        }
        return shares;
    }

    /// Solves M_S x = 1 by Gaussian elimination.
    ///
    /// @return Σx; 0 unless every value is a positive number
    private double solve(int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = matrix[members[i]][members[j]];
            }
            rows[i][size] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            for (int i = pivot + 1; i < size; i++) {
                eliminate(rows[i], rows[pivot], pivot, size);
            }
        }
        return substitute(size);
    }

    private static void eliminate(double[] row, double[] pivotRow, int pivot, int size) {
        double factor = row[pivot] / pivotRow[pivot];
        for (int j = pivot; j <= size; j++) {
            row[j] -= factor * pivotRow[j];
        }
    }

    private double substitute(int size) {
        double sum = 0;
        for (int i = size - 1; i >= 0; i--) {
            for (int j = i + 1; j < size; j++) {
                rows[i][size] -= rows[i][j] * rows[j][size];
            }
            rows[i][size] /= rows[i][i];
            sum += rows[i][size];
            if (!(rows[i][size] > 0 && Double.isFinite(sum))) {
                return 0;
            }
        }
        return sum;
    }
}
