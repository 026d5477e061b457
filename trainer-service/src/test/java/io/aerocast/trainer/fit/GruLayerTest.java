package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GruLayerTest {

    private static final int BATCH = 3;
    private static final int STEPS = 5;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 4;
    private static final int HORIZONS = 2;

    private final Random random = new Random(5);

    /// Every derivative that DL4J gets from the layer, against the central difference of DL4J's own score.
    @Test
    void gradientsEqualFiniteDifferencesOfTheScore() {
        MultiLayerNetwork network = network(new LastTimeStep(Gru.of(FEATURES, HIDDEN)));

        assertGradients(network, data(null));
    }

    /// A lower layer is reached through the derivatives by its outputs at every step, not at the last one alone.
    @Test
    void gradientsPassThroughASecondLayer() {
        MultiLayerNetwork network = network(Gru.of(FEATURES, HIDDEN), new LastTimeStep(Gru.of(HIDDEN, HIDDEN)));

        assertGradients(network, data(null));
    }

    @Test
    void aMissingTargetHasNoPartInTheGradient() {
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 0}, {0, 0}});
        MultiLayerNetwork network = network(new LastTimeStep(Gru.of(FEATURES, HIDDEN)));

        assertGradients(network, data(mask));
    }

    @Test
    void refusesSinglePrecision() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                                .dataType(DataType.FLOAT)
                                .list()
                                .layer(new LastTimeStep(Gru.of(FEATURES, HIDDEN)))
                                .layer(output())
                                .build())
                        .init())
                .withMessage("A Gru layer computes in DOUBLE, found FLOAT");
    }

    private static void assertGradients(MultiLayerNetwork network, DataSet data) {
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.setLayerMaskArrays(null, data.getLabelsMaskArray());
        network.computeGradientAndScore();
        // The gradient of the sum over the batch; the score is the mean.
        double[] found = network.gradient().gradient().div(BATCH).toDoubleVector();
        double[] parameters = network.params().toDoubleVector();
        assertThat(found).hasSameSizeAs(parameters);
        double step = 1e-5;
        for (int i = 0; i < parameters.length; i++) {
            double expected =
                    (score(network, data, i, parameters[i] + step) - score(network, data, i, parameters[i] - step))
                            / (2 * step);
            network.params().putScalar(i, parameters[i]);
            double error = Math.abs(found[i] - expected) / Math.max(1e-4, Math.abs(found[i]) + Math.abs(expected));
            assertThat(error)
                    .as("parameter %d: %s, by differences %s", i, found[i], expected)
                    .isLessThan(1e-5);
        }
        assertThat(found).doesNotContain(0);
    }

    private static double score(MultiLayerNetwork network, DataSet data, int parameter, double value) {
        network.params().putScalar(parameter, value);
        return network.score(data, true);
    }

    private MultiLayerNetwork network(org.deeplearning4j.nn.conf.layers.Layer... recurrent) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .weightInit(new UniformDistribution(-0.8, 0.8))
                .updater(new NoOp())
                .list();
        for (org.deeplearning4j.nn.conf.layers.Layer layer : recurrent) {
            layers.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.layer(output()).build());
        network.init();
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(HIDDEN)
                .nOut(HORIZONS)
                .build();
    }

    private DataSet data(INDArray mask) {
        INDArray x = array(BATCH, STEPS, FEATURES);
        return new DataSet(x, array(BATCH, HORIZONS), null, mask);
    }

    private INDArray array(long... shape) {
        long length = 1;
        for (long dimension : shape) {
            length *= dimension;
        }
        return Nd4j.createFromArray(random.doubles(length, -1.5, 1.5).toArray()).reshape('c', shape);
    }
}
