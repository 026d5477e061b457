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

    /// The doublings keep tanh as a fraction p/q, and are written out, for a loop would not vectorise.
    static double tanh(double x) {
        double y = Math.max(-SATURATED, Math.min(SATURATED, x)) * 0.0625;
        double s = y * y;
        double p0 = y * (34459425 + s * (4729725 + s * (135135 + s * (990 + s))));
        double q0 = 34459425 + s * (16216200 + s * (945945 + s * (13860 + s * 45)));
        double p1 = 2 * p0 * q0;
        double q1 = p0 * p0 + q0 * q0;
        double p2 = 2 * p1 * q1;
        double q2 = p1 * p1 + q1 * q1;
        double p3 = 2 * p2 * q2;
        double q3 = p2 * p2 + q2 * q2;
        return 2 * p3 * q3 / (p3 * p3 + q3 * q3);
    }
}
