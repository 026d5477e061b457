package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HuberLossTest {

    private final HuberLoss loss = new HuberLoss(1, new double[] {1.5, 0.5});
    private final INDArray labels = Nd4j.createFromArray(new double[][] {{0, 0}, {1, -2}});
    private final INDArray outputs = Nd4j.createFromArray(new double[][] {{0.5, -3}, {1, 1}});
    private final IActivation identity = new ActivationIdentity();

    /// Residuals 0.5 and −3, 0 and 3: ½·0.25 and 3 − ½, 0 and 3 − ½.
    @Test
    void isSquareNearZeroAndLinearBeyond() {
        INDArray scores = loss.computeScoreArray(labels, outputs, identity, null);

        assertThat(scores.toDoubleMatrix()).isDeepEqualTo(new double[][] {
            {(1.5 * 0.125 + 0.5 * 2.5) / 2}, {0.5 * 2.5 / 2}
        });
        assertThat(loss.computeScore(labels, outputs, identity, null, true))
                .isCloseTo((1.5 * 0.125 + 0.5 * 5) / 4, within(1e-12));
    }

    @Test
    void leavesMaskedLabelsOut() {
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 0}, {1, 1}});

        assertThat(loss.computeScoreArray(labels, outputs, identity, mask).getDouble(0))
                .isCloseTo(1.5 * 0.125 / 2, within(1e-12));
        assertThat(loss.computeGradient(labels, outputs, identity, mask).getDouble(0, 1))
                .isZero();
    }

    @Test
    void hasTheSlopeOfItsScore() {
        IActivation tanh = new ActivationTanH();
        INDArray slopes = loss.computeGradient(labels, outputs.dup(), tanh, null);
        double step = 1e-6;
        for (int i = 0; i < 2; i++) {
            for (int h = 0; h < 2; h++) {
                double above = score(i, h, step, tanh);
                double below = score(i, h, -step, tanh);
                assertThat(slopes.getDouble(i, h)).isCloseTo((above - below) / (2 * step), within(1e-8));
            }
        }
    }

    private double score(int sample, int horizon, double change, IActivation activation) {
        INDArray moved = outputs.dup();
        moved.putScalar(sample, horizon, moved.getDouble(sample, horizon) + change);
        return loss.computeScore(labels, moved, activation, null, false);
    }
}
