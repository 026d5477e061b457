package io.aerocast.trainer.fit;

/// Least squares with a ridge, solved through the normal equations by a Cholesky decomposition. Rows are added one by
/// one, so that the design matrix never lies in memory.
final class LeastSquares {

    private final int terms;
    private final double[][] gram;
    private final double[] moments;

    LeastSquares(int terms) {
        this.terms = terms;
        this.gram = new double[terms][terms];
        this.moments = new double[terms];
    }

    /// @param row shape [terms]
    void add(double[] row, double y) {
        for (int i = 0; i < terms; i++) {
            moments[i] += row[i] * y;
            for (int j = 0; j <= i; j++) {
                gram[i][j] += row[i] * row[j];
            }
        }
    }

    /// The coefficients that minimise the squared residuals and `ridge` times the squared coefficients, the first one,
    /// which is the constant's, left free.
    ///
    /// @return shape [terms]
    /// @throws IllegalArgumentException if the rows do not determine the coefficients
    double[] solve(double ridge) {
        double[][] factor = new double[terms][terms];
        for (int i = 0; i < terms; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = gram[i][j] + (i == j && i > 0 ? ridge : 0);
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                if (i == j && !(rest > 0)) {
                    throw new IllegalArgumentException(
                            "The observations do not determine coefficient %d of %d".formatted(i, terms));
                }
                factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
            }
        }
        return substitute(factor);
    }

    private double[] substitute(double[][] factor) {
        double[] solution = moments.clone();
        for (int i = 0; i < terms; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= factor[i][k] * solution[k];
            }
            solution[i] /= factor[i][i];
        }
        for (int i = terms - 1; i >= 0; i--) {
            for (int k = i + 1; k < terms; k++) {
                solution[i] -= factor[k][i] * solution[k];
            }
            solution[i] /= factor[i][i];
        }
        return solution;
    }
}
