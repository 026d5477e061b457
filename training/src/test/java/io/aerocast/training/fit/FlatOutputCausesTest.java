package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.LinearHead;
import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

/// Causes of flat output of a network, each produced on purpose and detected by the symptoms of [FlatOutputCheck].
/// Memorising 64 samples and non-zero gradients of every gate are checked here alone, not in service. Other tests
/// cover wrong gradients ([GruGradientTest]), recursive roll-out and a state that is not reset
/// (`io.aerocast.training.check.FlatOutputCheckTest`), constant and missing features, a calm window and data of one
/// feature (`io.aerocast.training.check.TrainingDataCheckTest`), and a stale artifact
/// (`io.aerocast.api.model.ModelGateTest`).
class FlatOutputCausesTest {

    private static final int HIDDEN = 16;
    private static final String NO_SKILL = Symptom.NO_SKILL.check();
    private static final String SAME_OUTPUT = Symptom.SAME_OUTPUT.check();
    private static final String CONSTANT_INPUT = Symptom.CONSTANT_INPUT.check();

    private final Pipeline pipeline = Synthetic.pipeline(12, 1, 6);
    private final double[] series = Synthetic.weather(1100);
    private final Dataset train = Synthetic.dataset(pipeline, series, 0, 600);
    private final Dataset validation = Synthetic.dataset(pipeline, series, 600, 800);
    private final Dataset later = Synthetic.dataset(pipeline, series, 800, 1090);
    private final TrainingSet samples = TrainingSet.of(train);
    private final DataSet batch =
            samples.batch(IntStream.range(0, 64).map(i -> i * 9).toArray(), steps -> steps);
    private final DataSet spread = some(196);

    @Test
    void aSoundFitShowsNoSymptom() {
        assertThat(symptoms(fit(train, validation))).isEmpty();
    }

    @Test
    void shuffledLabels() {
        ForecastModel model = fit(shuffled(train), shuffled(validation));

        assertThat(symptoms(model)).contains(NO_SKILL);
    }

    /// A leak improves the scores instead of flattening the output, so it is checked here: validation data at
    /// another level do not change the scaling, which comes from the training data alone.
    @Test
    void aLeakedScalerWouldKnowTheLevelOfLaterData() {
        double[] risen = Synthetic.series(series.length, hour -> series[hour] + (hour < 600 ? 0 : 20));
        Scaler own = TrainingSet.of(train).encoder().scaler();
        Scaler leaked = TrainingSet.of(Synthetic.dataset(pipeline, risen, 0, 1090))
                .encoder()
                .scaler();
        Scaler fitted = fit(train, Synthetic.dataset(pipeline, risen, 600, 800))
                .encoder()
                .scaler();

        assertThat(leaked.mean()[0]).isGreaterThan(own.mean()[0] + 5);
        assertThat(fitted.mean()).isEqualTo(own.mean());
        assertThat(fitted.deviation()).isEqualTo(own.deviation());
    }

    /// Readings in °C, served with the mean of readings in kelvin.
    @Test
    void aScalerOfAnotherUnit() {
        GruModel model = fit(train, validation);
        Scaler own = model.encoder().scaler();
        InputEncoder encoder = new InputEncoder(
                new Scaler(new double[] {own.mean()[0] + 273.15}, own.deviation()),
                model.encoder().changeDeviation(),
                model.encoder().cycles(),
                model.encoder().cadence());

        assertThat(symptoms(
                        new GruModel(model.card(), encoder, model.members(), model.changeScale(), model.halfWidths())))
                .contains(NO_SKILL);
    }

    @Test
    void theSameNetworkWithoutAFaultShowsNoSymptom() {
        assertThat(symptoms(trained(network(0.02, 0), spread))).isEmpty();
    }

    /// A network that must output pascals: its outputs stay far from the labels.
    @Test
    void unscaledTargets() {
        DataSet pascals =
                new DataSet(spread.getFeatures(), spread.getLabels().mul(1000).add(101_325));
        GruMember member = trained(network(0.02, 0), pascals).members().getFirst();
        double[] bias = Arrays.stream(member.head().bias())
                .map(pascal -> pascal - 101_325)
                .toArray();
        LinearHead head = new LinearHead(HIDDEN, bias.length, member.head().weights(), bias);
        double[] perPascal = Arrays.stream(bias).map(_ -> 0.001).toArray();

        assertThat(symptoms(model(new GruMember(member.layers(), head.scaled(perPascal)))))
                .contains(NO_SKILL, CONSTANT_INPUT);
    }

    /// It may still have skill and show no symptom; the training error reveals it.
    @Test
    void aLearningRateThatIsTooHigh() {
        assertThat(remaining(network(5, 0), batch)).isGreaterThan(0.2);
    }

    @Test
    void regularisationThatIsTooStrong() {
        assertThat(symptoms(trained(network(0.02, 3), spread))).contains(NO_SKILL);
    }

    /// The update gate keeps the initial zeros for ever, so that no gate learns, and the head cannot distinguish
    /// windows.
    @Test
    void aSaturatedGate() {
        MultiLayerNetwork network = network(0.02, 0);
        network.getParam("0_b")
                .get(NDArrayIndex.all(), NDArrayIndex.interval(HIDDEN, 2 * HIDDEN))
                .assign(1000);

        assertThat(gateNorms(network, batch))
                .allSatisfy(norm -> assertThat(norm).isZero());
        assertThat(symptoms(trained(network, spread))).contains(NO_SKILL, SAME_OUTPUT);
    }

    @Test
    void sixtyFourSamplesAreLearntByHeart() {
        assertThat(remaining(network(0.02, 0), batch)).isLessThan(0.01);
    }

    @Test
    void everyGateOfASoundNetworkLearns() {
        assertThat(gateNorms(network(0.02, 0), batch))
                .hasSize(3)
                .allSatisfy(norm -> assertThat(norm).isPositive());
    }

    /// The names of the symptoms that were found.
    private List<String> symptoms(ForecastModel model) {
        return new FlatOutputCheck(FlatOutputLimits.defaults())
                .findings(model, Forecasts.of(model, later)).stream()
                        .filter(finding -> !finding.passed())
                        .map(Finding::check)
                        .toList();
    }

    private static GruModel fit(Dataset train, Dataset validation) {
        return (GruModel) new GruFitter(GruFitterTest.settings(20, 20))
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

    /// Samples evenly spread over the training data.
    private DataSet some(int count) {
        int[] chosen =
                IntStream.range(0, count).map(i -> i * samples.size() / count).toArray();
        return samples.batch(chosen, steps -> steps);
    }

    /// A model with the weights of a network after 200 steps on a batch.
    private GruModel trained(MultiLayerNetwork network, DataSet batch) {
        for (int step = 0; step < 200; step++) {
            network.fit(batch);
        }
        double[] weights = GruParameters.doubles(network.getParam("1_W"));
        double[] bias = GruParameters.doubles(network.getParam("1_b"));
        return model(new GruMember(
                List.of(GruParameters.kernel(network.getLayer(0).paramTable())),
                new LinearHead(HIDDEN, bias.length, weights, bias)));
    }

    private GruModel model(GruMember member) {
        return new GruModel(
                Synthetic.SETTINGS.card(GruModel.KIND, train, validation, 8, Map.of()),
                samples.encoder(),
                List.of(member),
                samples.changeScale(),
                new double[2]);
    }

    /// Mean squared error over mean square of the labels, after 400 steps.
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
