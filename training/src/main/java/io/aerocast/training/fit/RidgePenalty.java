package io.aerocast.training.fit;

import io.aerocast.forecast.Cholesky;
import java.util.Arrays;

/// The penalty of a ridge regression with the smallest generalised cross-validation error (Golub, Heath and Wahba
/// 1979), the rotation-invariant form of leave-one-out: n·RSS(λ) / (n − tr H(λ))², in closed form from the normal
/// equations.
final class RidgePenalty {

    /// Penalties per row that are tried: half decades.
    private static final double[] GRID = {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1};

    /// The constant has practically no penalty, only one against rounding errors.
    private static final double FREE = 1e-6;

    private final int rows;
    private final double[][] gram;
    private final double[][] moments;
    private final double[] squares;

    /// @param x shape [rows][terms], the constant first
    /// @param y shape [rows][outputs], none missing
    private RidgePenalty(double[][] x, double[][] y) {
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        RobustRidge.Solver solver = new RobustRidge.Solver(x, equal, y, new double[x[0].length]);
        this.rows = x.length;
        this.gram = solver.gram();
        this.moments = solver.moments();
        this.squares = new double[y[0].length];
        for (double[] row : y) {
            for (int output = 0; output < row.length; output++) {
                squares[output] += row[output] * row[output];
            }
        }
    }

    /// The best penalty of each output.
    ///
    /// @param x shape [rows][terms], the constant first
    /// @param y shape [rows][outputs], none missing
    /// @return shape [outputs], one of the grid times the number of rows
    static double[] choose(double[][] x, double[][] y) {
        RidgePenalty penalty = new RidgePenalty(x, y);
        double[] best = new double[penalty.squares.length];
        double[] smallest = new double[best.length];
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        for (double each : GRID) {
            double[] errors = penalty.errors(each * x.length);
            for (int output = 0; output < best.length; output++) {
                if (errors[output] < smallest[output]) {
                    smallest[output] = errors[output];
                    best[output] = each * x.length;
                }
            }
        }
        return best;
    }

    /// A penalty of each term.
    static double[] diagonal(double penalty, int terms) {
        double[] diagonal = new double[terms];
        Arrays.fill(diagonal, penalty);
        diagonal[0] = FREE;
        return diagonal;
    }

    /// The cross-validation error of each output.
    private double[] errors(double penalty) {
        double[] ridge = diagonal(penalty, gram.length);
        double[][] penalised = new double[gram.length][];
        for (int i = 0; i < gram.length; i++) {
            penalised[i] = gram[i].clone();
            penalised[i][i] += ridge[i];
        }
        Cholesky cholesky = Cholesky.of(penalised);
        double free = rows - degreesOfFreedom(cholesky, ridge);
        double[] errors = new double[squares.length];
        for (int output = 0; output < errors.length; output++) {
            errors[output] = rows * residual(cholesky, ridge, output) / (free * free);
        }
        return errors;
    }

    /// tr H = terms − Σ λᵢ (A⁻¹)ᵢᵢ.
    private static double degreesOfFreedom(Cholesky cholesky, double[] ridge) {
        double degrees = ridge.length;
        for (int i = 0; i < ridge.length; i++) {
            double[] unit = new double[ridge.length];
            unit[i] = 1;
            degrees -= ridge[i] * cholesky.solve(unit)[i];
        }
        return degrees;
    }

    /// Residual sum of squares: yᵀy − βᵀc − Σ λᵢ βᵢ², with c = Xᵀy = (G + Λ)β.
    private double residual(Cholesky cholesky, double[] ridge, int output) {
        double[] moment = Arrays.stream(moments).mapToDouble(row -> row[output]).toArray();
        double[] beta = cholesky.solve(moment);
        double residual = squares[output];
        for (int i = 0; i < beta.length; i++) {
            residual -= beta[i] * (moment[i] + ridge[i] * beta[i]);
        }
        return Math.max(residual, 0);
    }
}
