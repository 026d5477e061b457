package io.aerocast.forecast;

/// The Cholesky factor L of a symmetric positive definite matrix A = LLᵀ: solves linear equations and supports
/// rank-one updates of A. Not safe for use by several threads.
public final class Cholesky {

    /// Rows of the lower triangle.
    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /// Decomposes a matrix.
    ///
    /// @param matrix shape [n][at least i + 1], of which the lower triangle is read
    /// @throws IllegalArgumentException if it is not positive definite
    public static Cholesky of(double[][] matrix) {
        double[][] lower = new double[matrix.length][];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                if (i == j && !(rest > 0)) {
                    throw new IllegalArgumentException(
                            "The observations do not determine coefficient %d of %d".formatted(i, lower.length));
                }
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
        }
        return new Cholesky(lower);
    }

    /// The inverse of [#packed].
    static Cholesky unpacked(int size, double[] packed) {
        Tensor.vector("a Cholesky factor", size * (size + 1) / 2, packed).requireFinite();
        double[][] lower = new double[size][];
        for (int i = 0, next = 0; i < size; next += ++i) {
            lower[i] = new double[i + 1];
            System.arraycopy(packed, next, lower[i], 0, i + 1);
            if (!(lower[i][i] > 0)) {
                throw new IllegalArgumentException(
                        "A Cholesky factor's diagonal is positive, found %s".formatted(lower[i][i]));
            }
        }
        return new Cholesky(lower);
    }

    /// The rows of L's lower triangle, concatenated.
    ///
    /// @return shape [n (n + 1) / 2]
    double[] packed() {
        double[] packed = new double[size() * (size() + 1) / 2];
        int next = 0;
        for (double[] row : lower) {
            System.arraycopy(row, 0, packed, next, row.length);
            next += row.length;
        }
        return packed;
    }

    Cholesky copy() {
        return unpacked(size(), packed());
    }

    /// Number of rows.
    public int size() {
        return lower.length;
    }

    /// The solution x of Ax = b.
    ///
    /// @param b shape [n]
    /// @return shape [n]
    public double[] solve(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= lower[i][k] * x[i];
            }
        }
        return x;
    }

    /// Multiplies A by a factor.
    void scale(double factor) {
        double root = Math.sqrt(factor);
        for (double[] row : lower) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= root;
            }
        }
    }

    /// Adds xxᵀ to A (Golub and Van Loan, Matrix Computations, 6.5.4).
    ///
    /// @param x shape [n]
    void add(double[] x) {
        double[] rest = x.clone();
        for (int k = 0; k < rest.length; k++) {
            double diagonal = lower[k][k];
            double r = Math.hypot(diagonal, rest[k]);
            double c = r / diagonal;
            double s = rest[k] / diagonal;
            lower[k][k] = r;
            for (int i = k + 1; i < rest.length; i++) {
                lower[i][k] = (lower[i][k] + s * rest[i]) / c;
                rest[i] = c * rest[i] - s * lower[i][k];
            }
        }
    }
}
