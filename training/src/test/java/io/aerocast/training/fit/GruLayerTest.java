package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// The layer inside DL4J networks: beside DL4J's own layers, with its serialisation, masks and truncation.
class GruLayerTest {

    private static final int BATCH = 40;
    private static final int STEPS = 6;

    private final Random random = new Random(5);

    @Test
    void learnsAmongOtherLayersByAnUpdaterOfDl4j() {
        MultiLayerNetwork network = initialised(deep(DataType.DOUBLE));
        DataSet data = sumsOfSequences();
        double before = network.score(data);

        for (int step = 0; step < 150; step++) {
            network.fit(data);
        }

        assertThat(network.score(data)).isLessThan(0.05 * before);
    }

    @Test
    void learnsInANetworkOfSinglePrecision() {
        MultiLayerNetwork network = initialised(deep(DataType.FLOAT));
        DataSet data = sumsOfSequences();
        double before = network.score(data);

        for (int step = 0; step < 150; step++) {
            network.fit(data);
        }

        assertThat(network.score(data)).isLessThan(0.05 * before);
        assertThat(network.output(data.getFeatures()).dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void notifiesListenersOfEveryIterationAndItsGradient() {
        MultiLayerNetwork network = initialised(deep(DataType.DOUBLE));
        List<String> recorded = new ArrayList<>();
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                recorded.add("gradient");
            }

            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                recorded.add("iteration " + iteration);
            }
        });

        network.fit(sumsOfSequences());
        network.fit(sumsOfSequences());

        assertThat(recorded).containsExactly("gradient", "iteration 0", "gradient", "iteration 1");
    }

    @Test
    void trainsWithEarlyStopping() {
        MultiLayerNetwork network = initialised(deep(DataType.DOUBLE));
        DataSet validation = sumsOfSequences();
        EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(
                        new ScoreImprovementEpochTerminationCondition(8), new MaxEpochsTerminationCondition(8))
                .scoreCalculator(new DataSetLossCalculator(new ListDataSetIterator<>(validation.asList(), BATCH), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();

        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(
                        stopping,
                        network,
                        new ListDataSetIterator<>(sumsOfSequences().asList(), 8))
                .fit();

        assertThat(result.getTerminationReason())
                .isEqualTo(EarlyStoppingResult.TerminationReason.EpochTerminationCondition);
        assertThat(result.getScoreVsEpoch()).hasSize(8);
        assertThat(result.getBestModel().score(validation))
                .isEqualTo(Collections.min(result.getScoreVsEpoch().values()), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void itsConfigurationComesBackFromJson(RNNFormat format) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .l2(1e-4)
                .list()
                .layer(new Gru.Builder()
                        .name("memory")
                        .nIn(2)
                        .nOut(5)
                        .dataFormat(format)
                        .weightInit(WeightInit.XAVIER)
                        .weightInitRecurrent(new UniformDistribution(-0.1, 0.1))
                        .biasInit(0.3)
                        .dropOut(0.8)
                        .constrainRecurrent(new MaxNormConstraint(2, 1))
                        .build())
                .layer(new LastTimeStep(
                        new Gru.Builder().nIn(5).nOut(4).dataFormat(format).build()))
                .layer(output(4))
                .build();

        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

        assertThat(read).isEqualTo(configuration);
        Gru gru = (Gru) read.getConf(0).getLayer();
        assertThat(gru.getRnnDataFormat()).isEqualTo(format);
        assertThat(gru.getNOut()).isEqualTo(5);
        assertThat(gru.getConstraints()).hasSize(1);
        assertThat(read.toJson()).isEqualTo(configuration.toJson());
    }

    @Test
    void givesTheSameOutputsAfterModelSerializerWroteAndRestoredIt() throws IOException {
        MultiLayerNetwork network = initialised(deep(DataType.DOUBLE));
        DataSet data = sumsOfSequences();
        network.fit(data);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        ModelSerializer.writeModel(network, written, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(written.toByteArray()), true);

        assertThat(restored.output(data.getFeatures())).isEqualTo(network.output(data.getFeatures()));
        network.fit(data);
        restored.fit(data);
        assertThat(restored.params()).isEqualTo(network.params());
    }

    @Test
    void bothFormatsGiveTheSameOutputs() {
        MultiLayerNetwork byFeature = initialised(alone(RNNFormat.NCW));
        MultiLayerNetwork byTime = initialised(alone(RNNFormat.NWC));
        INDArray x = array(3, 2, STEPS);

        INDArray expected = byFeature.output(x);

        assertThat(expected.shape()).containsExactly(3, 4, STEPS);
        assertThat(byTime.output(x.permute(0, 2, 1))).isEqualTo(expected.permute(0, 2, 1));
    }

    /// The result is that of a sequence without the masked steps, whatever their values.
    @Test
    void aMaskedStepPassesTheStateOn() {
        MultiLayerNetwork network = initialised(alone(RNNFormat.NWC));
        INDArray x = array(1, 4, 2);
        INDArray gap = x.dup();
        gap.get(NDArrayIndex.point(0), NDArrayIndex.point(1), NDArrayIndex.all())
                .assign(Double.NaN);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 0, 1, 1}});

        INDArray found = network.output(gap, false, mask, null);

        INDArray short3 = Nd4j.concat(
                1,
                x.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 1), NDArrayIndex.all()),
                x.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4), NDArrayIndex.all()));
        INDArray expected = network.output(short3);
        assertThat(row(found, 0)).containsExactly(row(expected, 0));
        assertThat(row(found, 1)).containsExactly(row(expected, 0));
        assertThat(row(found, 2)).containsExactly(row(expected, 1));
        assertThat(row(found, 3)).containsExactly(row(expected, 2));
    }

    /// DL4J's `LastTimeStep` converts masks to single precision.
    @Test
    void theLastStepThatIsThereIsTheLastOfAMaskedSequence() {
        MultiLayerNetwork whole = initialised(alone(RNNFormat.NCW));
        MultiLayerNetwork last = initialised(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new LastTimeStep(new Gru.Builder().nIn(2).nOut(4).build()))
                .build());
        last.setParams(whole.params());
        INDArray x = array(1, 2, 4);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 0, 1, 0}});

        double[] found = last.output(x, false, mask, null).toDoubleVector();

        INDArray expected = whole.output(x, false, mask, null);
        assertThat(found).containsExactly(step(expected, 2).reshape(4).toDoubleVector(), within(1e-6));
        assertThat(found).containsExactly(step(expected, 3).reshape(4).toDoubleVector(), within(1e-6));
    }

    @Test
    void stepsThroughTimeAsItGoesThroughAWholeSequence() {
        MultiLayerNetwork network = initialised(alone(RNNFormat.NCW));
        INDArray x = array(3, 2, STEPS);
        INDArray expected = network.output(x);

        for (int step = 0; step < STEPS; step++) {
            INDArray found = network.rnnTimeStep(step(x, step));
            assertThat(found).isEqualTo(step(expected, step));
        }
        network.rnnClearPreviousState();
        assertThat(network.rnnTimeStep(step(x, 0))).isEqualTo(step(expected, 0));
    }

    /// The first of two parts equals the untruncated pass; the second one starts from its last state.
    @Test
    void truncatedBackPropagationCarriesTheStateOn() {
        MultiLayerNetwork whole = initialised(perStep(BackpropType.Standard));
        MultiLayerNetwork truncated = initialised(perStep(BackpropType.TruncatedBPTT));
        INDArray x = array(3, 2, STEPS);
        INDArray y = array(3, 1, STEPS);
        double[] scores = new double[2];
        truncated.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                scores[iteration] = model.score();
            }
        });

        double expected = whole.score(new DataSet(x, y));
        truncated.fit(new DataSet(x, y)); // with a learning rate of zero

        assertThat(scores[0] + scores[1]).isEqualTo(expected, within(1e-12));
        assertThat(scores[0]).isNotEqualTo(scores[1]);
    }

    @Test
    void takesItsInputsFromTheInputType() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new LSTM.Builder().nOut(3).build())
                .layer(new Gru.Builder().nOut(4).build())
                .layer(new DenseLayer.Builder().nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(1)
                        .build())
                .setInputType(InputType.recurrent(2, STEPS))
                .build();

        MultiLayerNetwork network = initialised(configuration);

        assertThat(((Gru) configuration.getConf(1).getLayer()).getNIn()).isEqualTo(3);
        assertThat(network.output(array(3, 2, STEPS)).shape()).containsExactly(3, 1, STEPS);
        assertThat(configuration
                        .getConf(1)
                        .getLayer()
                        .getMemoryReport(InputType.recurrent(3, STEPS))
                        .toString())
                .contains("Gru");
    }

    @Test
    void startsItsWeightsAndBiasesAsConfigured() {
        MultiLayerNetwork network = initialised(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new LastTimeStep(new Gru.Builder()
                        .nIn(2)
                        .nOut(4)
                        .weightInit(new UniformDistribution(0.5, 0.6))
                        .weightInitRecurrent(new UniformDistribution(-0.2, -0.1))
                        .biasInit(0.25)
                        .build()))
                .layer(output(4))
                .build());

        assertThat(network.getParam("0_W").toDoubleMatrix()).hasDimensions(2, 12);
        assertThat(network.getParam("0_W").minNumber().doubleValue()).isBetween(0.5, 0.6);
        assertThat(network.getParam("0_RW").toDoubleMatrix()).hasDimensions(4, 12);
        assertThat(network.getParam("0_RW").maxNumber().doubleValue()).isBetween(-0.2, -0.1);
        assertThat(network.getParam("0_b").toDoubleVector()).hasSize(12).containsOnly(0.25);
        assertThat(network.getParam("0_rb").toDoubleVector()).hasSize(12).containsOnly(0.25);
    }

    @Test
    void regularisesWeightsButNotBiases() {
        MultiLayerNetwork network = initialised(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(1))
                .biasInit(0.3)
                .l2(0.5)
                .list()
                .layer(new LastTimeStep(new Gru.Builder().nIn(2).nOut(4).build()))
                .layer(output(4))
                .build());
        INDArray weights = network.getParam("0_RW").dup();
        INDArray x = array(4, 2, STEPS);

        network.fit(x, network.output(x)); // the error is zero, so that only the regularisation acts

        assertThat(network.getParam("0_RW").equalsWithEps(weights.mul(0.5), 1e-12))
                .isTrue();
        assertThat(network.getParam("0_b").toDoubleVector()).containsOnly(0.3);
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() throws Exception {
        double[] expected = trained();

        try (ForkJoinPool one = new ForkJoinPool(1);
                ForkJoinPool five = new ForkJoinPool(5)) {
            assertThat(one.submit(this::trained).get()).isEqualTo(expected);
            assertThat(five.submit(this::trained).get()).isEqualTo(expected);
        }
    }

    @Test
    void refusesSequencesOfAnotherWidth() {
        MultiLayerNetwork network = initialised(alone(RNNFormat.NWC));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.output(array(3, STEPS, 5)))
                .withMessageStartingWith(
                        "A Gru layer of 2 inputs needs sequences of shape [batch][time][inputs], found");
    }

    private double[] trained() {
        MultiLayerNetwork network = initialised(deep(DataType.DOUBLE));
        Random own = new Random(9);
        INDArray x =
                Nd4j.createFromArray(own.doubles(BATCH * 2 * STEPS).toArray()).reshape('c', BATCH, 2, STEPS);
        for (int step = 0; step < 3; step++) {
            network.fit(x, x.sum(2).mean(true, 1));
        }
        return network.params().toDoubleVector();
    }

    private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static MultiLayerConfiguration deep(DataType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Adam(0.02))
                .list()
                .layer(new Gru.Builder().nIn(2).nOut(8).build())
                .layer(new LastTimeStep(new Gru.Builder().nIn(8).nOut(8).build()))
                .layer(new DenseLayer.Builder()
                        .activation(Activation.TANH)
                        .nIn(8)
                        .nOut(6)
                        .build())
                .layer(output(6))
                .build();
    }

    private static MultiLayerConfiguration alone(RNNFormat format) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new Gru.Builder().nIn(2).nOut(4).dataFormat(format).build())
                .build();
    }

    private static MultiLayerConfiguration perStep(BackpropType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0))
                .list()
                .layer(new Gru.Builder().nIn(2).nOut(4).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(4)
                        .nOut(1)
                        .build())
                .backpropType(type)
                .tBPTTLength(STEPS / 2)
                .build();
    }

    private static OutputLayer output(int inputs) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(inputs)
                .nOut(1)
                .build();
    }

    private DataSet sumsOfSequences() {
        INDArray x = array(BATCH, 2, STEPS);
        return new DataSet(x, x.sum(2).mean(true, 1).div(4));
    }

    private static INDArray step(INDArray byFeature, int step) {
        return byFeature.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(step, step + 1));
    }

    private static double[] row(INDArray byTime, int step) {
        return byTime.get(NDArrayIndex.point(0), NDArrayIndex.point(step), NDArrayIndex.all())
                .toDoubleVector();
    }

    private INDArray array(long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Nd4j.createFromArray(random.doubles(length, -1.5, 1.5).toArray()).reshape('c', shape);
    }
}
