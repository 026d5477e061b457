package io.aerocast.forecast;

import java.util.List;

/// The last layer of a network: one weighted sum of the units per horizon. Immutable.
public final class LinearHead {

    private final int units;
    private final int horizons;
    private final double[][] weights;
    private final double[] bias;

    /// @param weights shape [units][horizons], flat
    /// @param bias shape [horizons]
    /// @throws IllegalArgumentException if a shape is wrong or a weight is not finite
    public LinearHead(int units, int horizons, double[] weights, double[] bias) {
        this.units = units;
        this.horizons = horizons;
        this.weights = Tensor.matrix("head.weights", units, horizons, weights)
                .requireFinite()
                .split();
        this.bias = Tensor.vector("head.bias", horizons, bias.clone())
                .requireFinite()
                .values();
    }

    /// The same head in other units: its outputs are these times `factor`.
    ///
    /// @param factor shape [horizons]
    public LinearHead scaled(double[] factor) {
        double[] scaledWeights = weights();
        double[] scaledBias = bias();
        for (int h = 0; h < horizons; h++) {
            scaledBias[h] *= factor[h];
            for (int unit = 0; unit < units; unit++) {
                scaledWeights[unit * horizons + h] *= factor[h];
            }
        }
        return new LinearHead(units, horizons, scaledWeights, scaledBias);
    }

    /// Shape [units][horizons], flat, as in the constructor.
    public double[] weights() {
        return WeightedRows.join(weights);
    }

    /// Shape [horizons], as in the constructor.
    public double[] bias() {
        return bias.clone();
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
        WeightedRows.addTo(outputs, horizons, state, weights);
        return outputs;
    }

    List<Tensor> tensors(String name) {
        return List.of(
                Tensor.matrix(name + ".weights", units, horizons, weights()),
                Tensor.vector(name + ".bias", horizons, bias));
    }

    static LinearHead from(Tensors tensors, String name) {
        Tensor weights = tensors.matrix(name + ".weights");
        return new LinearHead(
                weights.rows(),
                weights.values().length / weights.rows(),
                weights.values(),
                tensors.values(name + ".bias"));
    }
}
