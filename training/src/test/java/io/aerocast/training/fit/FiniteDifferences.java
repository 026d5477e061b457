package io.aerocast.training.fit;

/// Compares gradients with central differences in double precision.
final class FiniteDifferences {

    private static final double STEP = 1e-5;

    /// Derivatives smaller than this are compared absolutely.
    private static final double FLOOR = 1e-3;

    private FiniteDifferences() {}

    /// A loss and the derivatives to check.
    interface Differentiable {

        double loss(double[] point);

        double[] gradient(double[] point);
    }

    /// The largest relative error of a gradient: |found − expected| / max(|found|, |expected|).
    static double largestError(Differentiable function, double[] point) {
        double[] found = function.gradient(point);
        if (found.length != point.length) {
            throw new IllegalArgumentException(
                    "Expected %d derivatives, found %d".formatted(point.length, found.length));
        }
        double largest = 0;
        double[] moved = point.clone();
        for (int i = 0; i < point.length; i++) {
            moved[i] = point[i] + STEP;
            double above = function.loss(moved);
            moved[i] = point[i] - STEP;
            double below = function.loss(moved);
            moved[i] = point[i];
            double expected = (above - below) / (2 * STEP);
            double size = Math.max(FLOOR, Math.max(Math.abs(found[i]), Math.abs(expected)));
            largest = Math.max(largest, Math.abs(found[i] - expected) / size);
        }
        return largest;
    }
}
