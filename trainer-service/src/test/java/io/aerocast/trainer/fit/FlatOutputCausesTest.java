package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.check.FlatOutputCheck;
import io.aerocast.trainer.check.FlatOutputFinding;
import io.aerocast.trainer.check.FlatOutputProperties;
import io.aerocast.trainer.check.Symptom;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// What makes a network's output flat, each cause brought about on purpose and caught. Elsewhere are caught: wrong
/// gradients ([GruGradientTest]), recursive roll-out and a state that is not reset
/// (`io.aerocast.trainer.check.FlatOutputCheckTest`), constant and missing features, a calm window and data of one
/// feature (`io.aerocast.trainer.check.TrainingDataCheckTest`), a stale artifact
/// (`io.aerocast.api.model.ModelGateTest`).
class FlatOutputCausesTest {

    private static final int HIDDEN = 16;

    private final Pipeline pipeline = Synthetic.pipeline(12, 1, 6);
    private final double[] series = Synthetic.weather(1100);
    private final Dataset train = Synthetic.dataset(pipeline, series, 0, 600);
    private final Dataset validation = Synthetic.dataset(pipeline, series, 600, 800);
    private final Dataset later = Synthetic.dataset(pipeline, series, 800, 1090);
    private final DataSet batch =
            TrainingSet.of(train).batch(IntStream.range(0, 64).map(i -> i * 9).toArray(), steps -> steps);

    @Test
    void aSoundFitShowsNoSymptom() {
        assertThat(symptoms(fit(train, validation))).isEmpty();
    }

    @Test
    void shuffledLabels() {
        ForecastModel model = fit(shuffled(train), shuffled(validation));

        assertThat(symptoms(model)).contains(Symptom.NO_SKILL);
    }

    /// Of other data, or of all: the scaling must come from what is learnt from, and from nothing else.
    @Test
    void aLeakedScaler() {
        GruModel model = fit(train, validation);
        GruModel otherValidation = fit(train, later);
        Scaler own = model.encoder().scaler();
        Scaler leaked = new Scaler(new double[] {own.mean()[0] + 2000}, own.deviation());
        InputEncoder encoder = new InputEncoder(
                leaked,
                model.encoder().changeDeviation(),
                model.encoder().cycles(),
                model.encoder().cadence());

        assertThat(otherValidation.encoder().scaler().mean()).isEqualTo(own.mean());
        assertThat(otherValidation.encoder().scaler().deviation()).isEqualTo(own.deviation());
        assertThat(symptoms(
                        new GruModel(model.card(), encoder, model.members(), model.changeScale(), model.halfWidths())))
                .contains(Symptom.NO_SKILL);
    }

    @Test
    void sixtyFourSamplesAreLearntByHeart() {
        assertThat(remaining(network(0.02, 0), batch)).isLessThan(0.01);
    }

    @Test
    void unscaledTargets() {
        DataSet pascals =
                new DataSet(batch.getFeatures(), batch.getLabels().mul(1000).add(101_325));

        assertThat(remaining(network(0.02, 0), pascals)).isGreaterThan(0.5);
    }

    @Test
    void aLearningRateThatIsTooHigh() {
        assertThat(remaining(network(5, 0), batch)).isGreaterThan(0.2);
    }

    @Test
    void regularisationThatIsTooStrong() {
        assertThat(remaining(network(0.02, 3), batch)).isGreaterThan(0.2);
    }

    @Test
    void everyGateOfASoundNetworkLearns() {
        assertThat(gateNorms(network(0.02, 0), batch))
                .hasSize(3)
                .allSatisfy(norm -> assertThat(norm).isPositive());
    }

    @Test
    void aSaturatedGateDoesNotLearn() {
        MultiLayerNetwork network = network(0.02, 0);
        network.getParam("0_b")
                .get(NDArrayIndex.all(), NDArrayIndex.interval(HIDDEN, 2 * HIDDEN))
                .assign(1000); // the update gate keeps the state of zeros for ever

        assertThat(gateNorms(network, batch))
                .allSatisfy(norm -> assertThat(norm).isZero());
    }

    private List<Symptom> symptoms(ForecastModel model) {
        return new FlatOutputCheck(new FlatOutputProperties(0.5, 1.2, 0, 0, 1))
                .findings(model, later).stream()
                        .filter(finding -> !finding.passed())
                        .map(FlatOutputFinding::symptom)
                        .toList();
    }

    private static GruModel fit(Dataset train, Dataset validation) {
        return (GruModel) new GruFitter(GruFitterTest.properties(20, 20))
                .fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);
    }

    private static Dataset shuffled(Dataset dataset) {
        List<double[]> targets =
                new ArrayList<>(dataset.samples().stream().map(Sample::targets).toList());
        Collections.shuffle(targets, new Random(3));
        List<Sample> samples = IntStream.range(0, dataset.size())
                .mapToObj(i -> new Sample(dataset.samples().get(i).lookback(), targets.get(i)))
                .toList();
        return Synthetic.dataset(dataset.pipeline(), samples, dataset.from(), dataset.to());
    }

    /// The share of the mean square of the labels that a network leaves after it saw them 400 times.
    private static double remaining(MultiLayerNetwork network, DataSet batch) {
        for (int step = 0; step < 400; step++) {
            network.fit(batch);
        }
        INDArray error = network.output(batch.getFeatures()).sub(batch.getLabels());
        return meanSquare(error) / meanSquare(batch.getLabels());
    }

    private static double meanSquare(INDArray values) {
        return values.mul(values).meanNumber().doubleValue();
    }

    /// The norms of the gradients by the weights of the gates r, z and n.
    private static List<Double> gateNorms(MultiLayerNetwork network, DataSet batch) {
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        INDArray weights = network.gradient().getGradientFor("0_" + GruParameters.INPUT_WEIGHTS);
        return IntStream.range(0, 3)
                .mapToObj(gate -> weights.get(
                                NDArrayIndex.all(), NDArrayIndex.interval(gate * HIDDEN, (gate + 1) * HIDDEN))
                        .norm2Number()
                        .doubleValue())
                .toList();
    }

    private MultiLayerNetwork network(double learningRate, double l2) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(8)
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(learningRate))
                .l2(l2)
                .list()
                .layer(new LastTimeStep(new Gru.Builder()
                        .nIn(batch.getFeatures().size(2))
                        .nOut(HIDDEN)
                        .dataFormat(RNNFormat.NWC)
                        .build()))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(HIDDEN)
                        .nOut(batch.getLabels().size(1))
                        .build())
                .build());
        network.init();
        return network;
    }
}
