package io.aerocast.trainer.fit;

import static io.aerocast.trainer.fit.GruParameters.doubles;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.LinearHead;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/// The network that is trained: a GRU whose last state goes to a linear head, in a DL4J network.
final class GruNetwork {

    private final MultiLayerNetwork network;
    private final int hidden;
    private final int horizons;

    /// @param horizonWeights shape [horizons], the weight of each horizon's squared error in the loss
    GruNetwork(int inputs, double[] horizonWeights, FitProperties properties) {
        NativeBackend.prepare();
        this.hidden = properties.hidden();
        this.horizons = horizonWeights.length;
        double bound = 1 / Math.sqrt(hidden); // PyTorch's initial weights
        this.network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(properties.seed())
                .dataType(DataType.DOUBLE)
                .weightInit(new UniformDistribution(-bound, bound))
                .updater(new Adam(properties.learningRate()))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(properties.gradientClip())
                .list()
                .layer(new LastTimeStep(new Gru.Builder()
                        .nIn(inputs)
                        .nOut(hidden)
                        .dataFormat(RNNFormat.NWC)
                        .build()))
                .layer(new OutputLayer.Builder(new LossMSE(Nd4j.createFromArray(new double[][] {horizonWeights})))
                        .activation(Activation.IDENTITY)
                        .nIn(hidden)
                        .nOut(horizons)
                        .build())
                .build());
        network.init();
    }

    MultiLayerNetwork network() {
        return network;
    }

    /// One step of the optimiser.
    ///
    /// @return the loss before the step
    double fit(DataSet batch) {
        network.fit(batch);
        return network.score();
    }

    void learningRate(double rate) {
        network.setLearningRate(rate);
    }

    List<GruKernel> layers() {
        return List.of(GruParameters.kernel(network.getLayer(0).paramTable()));
    }

    LinearHead head() {
        double[] weights = doubles(network.getLayer(1).getParam("W"));
        double[] bias = doubles(network.getLayer(1).getParam("b"));
        return new LinearHead(hidden, horizons, weights, bias);
    }
}
