package io.aerocast.forecast;

import java.util.List;

/// The last layer of a network: one weighted sum of the units per horizon. Immutable.
public final class LinearHead {

    private final int units;
    private final int horizons;
    private final double[] weights;
    private final double[] bias;

    /// @param weights shape [units][horizons], flat
    /// @param bias shape [horizons]
    /// @throws IllegalArgumentException if a shape is wrong or a weight is not finite
    public LinearHead(int units, int horizons, double[] weights, double[] bias) {
        this.units = units;
        this.horizons = horizons;
        this.weights = weights.clone();
        this.bias = bias.clone();
        tensors().forEach(Tensor::requireFinite);
    }

    int units() {
        return units;
    }

    int horizons() {
        return horizons;
    }

    /// @param state shape [units]
    /// @return shape [horizons]
    double[] outputs(double[] state) {
        double[] outputs = bias.clone();
        for (int unit = 0; unit < units; unit++) {
            for (int h = 0; h < horizons; h++) {
                outputs[h] += state[unit] * weights[unit * horizons + h];
            }
        }
        return outputs;
    }

    List<Tensor> tensors() {
        return List.of(
                Tensor.matrix("head.weights", units, horizons, weights), Tensor.vector("head.bias", horizons, bias));
    }

    static LinearHead from(Tensors tensors) {
        Tensor weights = tensors.require("head.weights");
        return new LinearHead(
                weights.rows(),
                weights.values().length / weights.rows(),
                weights.values(),
                tensors.values("head.bias"));
    }
}
