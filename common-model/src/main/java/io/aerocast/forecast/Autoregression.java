package io.aerocast.forecast;

import java.util.Arrays;

/// A linear regression on the same terms for every horizon, with online updates: recursive least squares with
/// forgetting (Ljung, System Identification, 11.2) on the Cholesky factor of the information matrix
/// A = Σ w xxᵀ + Λ, which stays positive definite where the covariance form does not.
///
/// After n updates without forgetting, the weights minimise the squared errors of the fitted samples and the n
/// updates together, with the same ridge Λ.
public final class Autoregression {

    private final double[][] weights;
    private final Cholesky information;
    private final double[] ridge;
    private final double[] bounds;
    private int updates;

    /// @param weights shape [terms][horizons]
    /// @param information A, shape [terms][terms]
    /// @param ridge Λ's diagonal, shape [terms]
    /// @param bounds shape [horizons]: a larger error counts as this large (Huber 1964)
    /// @throws IllegalArgumentException if they do not fit together, or a ridge or bound is negative
    public Autoregression(double[][] weights, Cholesky information, double[] ridge, double[] bounds) {
        if (weights.length != information.size() || weights.length != ridge.length) {
            throw new IllegalArgumentException("Weights, information and ridge are of %d, %d and %d terms"
                    .formatted(weights.length, information.size(), ridge.length));
        }
        for (double[] row : weights) {
            Tensor.vector("the weights of a term", bounds.length, row).requireFinite();
        }
        requireNotNegative("A term's ridge", ridge);
        requireNotNegative("A horizon's bound", bounds);
        this.weights = weights;
        this.information = information;
        this.ridge = ridge;
        this.bounds = bounds;
    }

    private static void requireNotNegative(String what, double[] values) {
        for (double value : values) {
            if (!(value >= 0)) {
                throw new IllegalArgumentException("%s cannot be less than 0, found %s".formatted(what, value));
            }
        }
    }

    /// An independent copy.
    Autoregression copy() {
        double[][] copied = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
        return new Autoregression(copied, information.copy(), ridge, bounds);
    }

    /// The expected change at each horizon.
    ///
    /// @param terms shape [terms]
    /// @return shape [horizons]
    public double[] predict(double[] terms) {
        double[] sums = new double[bounds.length];
        WeightedRows.addTo(sums, sums.length, terms, weights);
        return sums;
    }

    /// Updates the weights with one sample.
    ///
    /// @param terms shape [terms]
    /// @param changes shape [horizons]; a missing one (`NaN`) counts as forecast without error
    /// @param kept forgetting factor: the share of the weight of all earlier samples that is left, above 0 and at
    ///     most 1
    void learn(double[] terms, double[] changes, double kept) {
        if (kept < 1) {
            forget(kept);
        }
        information.add(terms);
        double[] gain = information.solve(terms);
        double[] errors = predict(terms);
        for (int h = 0; h < errors.length; h++) {
            double error = changes[h] - errors[h];
            errors[h] = Double.isNaN(error) ? 0 : Math.clamp(error, -bounds[h], bounds[h]);
        }
        for (int i = 0; i < gain.length; i++) {
            for (int h = 0; h < errors.length; h++) {
                weights[i][h] += gain[i] * errors[h];
            }
        }
    }

    /// Scales the information down, but not the ridge: without it, a term that is always 0 would lose all
    /// information. The terms take turns; each gets back the ridge that it has lost since its last turn.
    private void forget(double kept) {
        information.scale(kept);
        int turn = updates++ % ridge.length;
        double[] back = new double[ridge.length];
        back[turn] = Math.sqrt(ridge[turn] * (1 - kept) * ridge.length);
        information.add(back);
    }

    double[][] weights() {
        return weights;
    }

    Cholesky information() {
        return information;
    }

    double[] ridge() {
        return ridge;
    }

    double[] bounds() {
        return bounds;
    }
}
