package io.aerocast.training.fit;

import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/// Huber's loss (Huber 1964), which DL4J lacks: with the residual e of a horizon, ½e² up to |e| = δ and δ(|e| − ½δ)
/// beyond, so that the gradient of an outlier is no larger than that of a residual of δ. Weighted per horizon,
/// averaged over the horizons of a sample.
///
/// @param delta residual at which the loss becomes linear, in the labels' unit
/// @param weights shape [horizons], the weight of each
record HuberLoss(double delta, double[] weights) implements ILossFunction {

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return score(residuals(labels, preOutput, activation, mask), average);
    }

    /// @return shape [batch][1]
    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        double[][] residuals = residuals(labels, preOutput, activation, mask);
        double[][] scores = new double[residuals.length][1];
        for (int i = 0; i < residuals.length; i++) {
            scores[i][0] = score(residuals[i]);
        }
        return Nd4j.createFromArray(scores);
    }

    /// @return shape [batch][horizons]: derivatives of the loss by the pre-activations
    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        return gradient(residuals(labels, preOutput, activation, mask), preOutput, activation);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        double[][] residuals = residuals(labels, preOutput, activation, mask);
        return new Pair<>(score(residuals, average), gradient(residuals, preOutput, activation));
    }

    @Override
    public String name() {
        return "huber";
    }

    private double score(double[][] residuals, boolean average) {
        double sum = 0;
        for (double[] sample : residuals) {
            sum += score(sample);
        }
        return average ? sum / residuals.length : sum;
    }

    private double score(double[] residuals) {
        double score = 0;
        for (int h = 0; h < weights.length; h++) {
            double size = Math.abs(residuals[h]);
            double loss = size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
            score += weights[h] * loss / weights.length;
        }
        return score;
    }

    private INDArray gradient(double[][] residuals, INDArray preOutput, IActivation activation) {
        double[][] slopes = new double[residuals.length][weights.length];
        for (int i = 0; i < slopes.length; i++) {
            for (int h = 0; h < weights.length; h++) {
                slopes[i][h] = weights[h] * Math.clamp(residuals[i][h], -delta, delta) / weights.length;
            }
        }
        return activation
                .backprop(preOutput.dup(), Nd4j.createFromArray(slopes))
                .getFirst();
    }

    /// Outputs minus labels; 0 where the label is masked.
    private double[][] residuals(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        INDArray residuals = activation.getActivation(preOutput.dup(), true).sub(labels);
        // One copy: toDoubleMatrix creates an array per row, and took a fifth of the time of a fit.
        double[] flat =
                (mask == null ? residuals : residuals.mul(mask)).dup('c').data().asDouble();
        double[][] rows = new double[flat.length / weights.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * weights.length, (i + 1) * weights.length);
        }
        return rows;
    }
}
