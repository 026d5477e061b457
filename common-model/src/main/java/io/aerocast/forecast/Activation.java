package io.aerocast.forecast;

/// tanh and the logistic function by addition, multiplication and division alone: the loops vectorise, and every
/// platform computes the same bits, which `Math.tanh` and `Math.exp` do not promise.
///
/// tanh(x) is Lambert's continued fraction, cut after nine levels, of x/16, doubled four times by
/// tanh(2y) = 2·tanh(y) / (1 + tanh²(y)). Within 1e-15 of the exact value everywhere.
final class Activation {

    /// Beyond it, tanh rounds to ±1.
    private static final double SATURATED = 20;

    private Activation() {}

    /// Replaces values by their tanh.
    static void tanh(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = tanh(values[i]);
        }
    }

    /// Replaces values by their logistic function, σ(x) = (1 + tanh(x/2)) / 2.
    static void sigmoid(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = 0.5 + 0.5 * tanh(0.5 * values[i]);
        }
    }

    static double tanh(double x) {
        double y = Math.max(-SATURATED, Math.min(SATURATED, x)) * 0.0625;
        double s = y * y;
        double p = y * (34459425 + s * (4729725 + s * (135135 + s * (990 + s))));
        double q = 34459425 + s * (16216200 + s * (945945 + s * (13860 + s * 45)));
        for (int doubling = 0; doubling < 4; doubling++) {
            double numerator = 2 * p * q;
            q = p * p + q * q;
            p = numerator;
        }
        return p / q;
    }
}
