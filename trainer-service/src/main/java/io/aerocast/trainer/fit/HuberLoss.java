package io.aerocast.trainer.fit;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/// Huber's loss (Huber 1964), which DL4J lacks: with the residual e of a horizon, ½e² up to |e| = δ and δ(|e| − ½δ)
/// beyond, so that a fault in the data pulls no harder than a residual of δ. Weighted per horizon; the mean over
/// the horizons of a sample.
///
/// @param delta where the loss becomes linear, in the labels' unit
/// @param weights shape [horizons], the weight of each
record HuberLoss(double delta, double[] weights) implements ILossFunction {

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        double sum = computeScoreArray(labels, preOutput, activation, mask)
                .sumNumber()
                .doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    /// @return shape [batch][1]
    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        double[][] residuals = residuals(labels, preOutput, activation, mask);
        double[][] scores = new double[residuals.length][1];
        for (int i = 0; i < residuals.length; i++) {
            for (int h = 0; h < weights.length; h++) {
                double size = Math.abs(residuals[i][h]);
                double loss = size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
                scores[i][0] += weights[h] * loss / weights.length;
            }
        }
        return Nd4j.createFromArray(scores);
    }

    /// @return shape [batch][horizons]: the loss's derivatives by the pre-activations
    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        double[][] slopes = residuals(labels, preOutput, activation, mask);
        for (double[] slope : slopes) {
            for (int h = 0; h < slope.length; h++) {
                slope[h] = weights[h] * Math.clamp(slope[h], -delta, delta) / weights.length;
            }
        }
        return activation
                .backprop(preOutput.dup(), Nd4j.createFromArray(slopes))
                .getFirst();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "huber";
    }

    /// Outputs less labels; 0 where the label is masked.
    private static double[][] residuals(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        INDArray residuals = activation.getActivation(preOutput.dup(), true).sub(labels);
        return (mask == null ? residuals : residuals.mul(mask)).toDoubleMatrix();
    }
}
