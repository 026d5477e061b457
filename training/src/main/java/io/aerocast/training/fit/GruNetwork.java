package io.aerocast.training.fit;

import static io.aerocast.training.fit.GruParameters.doubles;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.LinearHead;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/// A member of the ensemble during training: a DL4J network of GRU layers, with a linear head on the last state.
final class GruNetwork {

    /// Residual beyond which the loss is linear, in units of the horizon's root mean square change.
    private static final double HUBER_DELTA = 1;

    /// Decay of the moving average of the weights, after the first steps.
    private static final double AVERAGING = 0.99;

    private final MultiLayerNetwork network;
    private final INDArray average;
    private long steps;
    private final int hidden;
    private final int horizons;

    /// @param horizonWeights shape [horizons], the weight of each horizon's error in the loss
    /// @param seed of the initial weights
    GruNetwork(int inputs, double[] horizonWeights, GruSettings settings, long seed) {
        NativeBackend.prepare();
        this.hidden = settings.hidden();
        this.horizons = horizonWeights.length;
        double bound = 1 / Math.sqrt(hidden); // PyTorch's initial weights
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .weightInit(new UniformDistribution(-bound, bound))
                .updater(new Adam(settings.learningRate()))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(settings.gradientClip())
                .list();
        for (int layer = 1; layer < settings.layers(); layer++) {
            layers.layer(gru(layer == 1 ? inputs : hidden));
        }
        layers.layer(new LastTimeStep(gru(settings.layers() == 1 ? inputs : hidden)));
        layers.layer(new OutputLayer.Builder(new HuberLoss(HUBER_DELTA, horizonWeights))
                .activation(Activation.IDENTITY)
                .nIn(hidden)
                .nOut(horizons)
                .build());
        this.network = new MultiLayerNetwork(layers.build());
        network.init();
        this.average = network.params().dup();
    }

    MultiLayerNetwork network() {
        return network;
    }

    /// Runs one step of the optimiser.
    ///
    /// @return the loss before the step
    double fit(DataSet batch) {
        network.fit(batch);
        steps++;
        double kept = Math.min(AVERAGING, steps / (steps + 9.0));
        average.muli(kept).addi(network.params().mul(1 - kept));
        return network.score();
    }

    void learningRate(double rate) {
        network.setLearningRate(rate);
    }

    /// The moving average of the weights over the latest steps, which is more accurate than the weights of any
    /// single step (Polyak and Juditsky 1992).
    GruMember member() {
        INDArray latest = network.params().dup();
        network.setParams(average);
        GruMember member = weights();
        network.setParams(latest);
        return member;
    }

    /// The current weights.
    private GruMember weights() {
        List<GruKernel> layers = IntStream.range(0, network.getnLayers() - 1)
                .mapToObj(layer -> GruParameters.kernel(network.getLayer(layer).paramTable()))
                .toList();
        Layer head = network.getOutputLayer();
        return new GruMember(
                layers, new LinearHead(hidden, horizons, doubles(head.getParam("W")), doubles(head.getParam("b"))));
    }

    private Gru gru(int inputs) {
        return new Gru.Builder()
                .nIn(inputs)
                .nOut(hidden)
                .dataFormat(RNNFormat.NWC)
                .build();
    }

    /// Replaces the weights, and restarts their average.
    ///
    /// @param member of the same shape
    void start(GruMember member) {
        for (int layer = 0; layer < network.getnLayers() - 1; layer++) {
            GruParameters.assign(
                    network.getLayer(layer).paramTable(), member.layers().get(layer));
        }
        Layer head = network.getOutputLayer();
        head.getParam("W").assign(Nd4j.createFromArray(member.head().weights()).reshape('c', hidden, horizons));
        head.getParam("b").assign(Nd4j.createFromArray(member.head().bias()).reshape('c', 1, horizons));
        average.assign(network.params());
    }
}
