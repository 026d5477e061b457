package io.aerocast.forecast;

/// tanh and the logistic function by (fused) addition, multiplication and division only. So the loops vectorise,
/// and every platform computes the same bits, which `Math.tanh` and `Math.exp` do not guarantee.
///
/// tanh(x) is Lambert's continued fraction, cut after nine levels, of x/16, doubled four times by
/// tanh(2y) = 2·tanh(y) / (1 + tanh²(y)). Within 1e-15 of the exact value everywhere.
final class Activation {

    /// Values up to this size need no clamping: far beyond 20, where tanh rounds to ±1, and far from an overflow.
    static final double MODERATE = 200;

    /// Beyond it, both functions round to their limits.
    private static final double SATURATED = 40;

    private Activation() {}

    /// Clamps values to a moderate size, the domain of the functions here; larger values are saturated anyway. A
    /// separate pass, because it costs as much as they do and is rarely needed.
    static void clamp(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = Math.max(-SATURATED, Math.min(SATURATED, values[i]));
        }
    }

    /// Replaces values of a moderate size by their tanh.
    static void tanh(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = tanh(values[i]);
        }
    }

    /// Replaces values of a moderate size by their logistic function, σ(x) = (1 + tanh(x/2)) / 2.
    static void sigmoid(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            values[i] = Math.fma(0.5, tanh(0.5 * values[i]), 0.5);
        }
    }

    /// The doublings keep tanh as a fraction p/q, and are unrolled, because a loop would not vectorise.
    ///
    /// @param x of a moderate size
    static double tanh(double x) {
        double y = x * 0.0625;
        double s = y * y;
        double p0 = y * Math.fma(s, Math.fma(s, Math.fma(s, 990 + s, 135135), 4729725), 34459425);
        double q0 = Math.fma(s, Math.fma(s, Math.fma(s, Math.fma(s, 45, 13860), 945945), 16216200), 34459425);
        double p1 = 2 * p0 * q0;
        double q1 = Math.fma(p0, p0, q0 * q0);
        double p2 = 2 * p1 * q1;
        double q2 = Math.fma(p1, p1, q1 * q1);
        double p3 = 2 * p2 * q2;
        double q3 = Math.fma(p2, p2, q2 * q2);
        return 2 * p3 * q3 / Math.fma(p3, p3, q3 * q3);
    }
}
