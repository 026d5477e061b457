package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.GruKernel;
import io.aerocast.training.fit.FiniteDifferences.Differentiable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Every derivative that the layer returns to DL4J, compared with central differences.
class GruGradientTest {

    private static final int BATCH = 3;
    private static final int STEPS = 5;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 4;
    private static final double TOLERANCE = 1e-5;

    private static final double[][] MASK = {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}, {0, 1, 0, 1, 1}};

    private final Random random = new Random(5);

    static Stream<List<Layer>> stacks() {
        return Stream.of(RNNFormat.values())
                .flatMap(format ->
                        Stream.of(List.of(gru(FEATURES, format)), List.of(gru(FEATURES, format), gru(HIDDEN, format))));
    }

    /// The loss is a weighted sum of all outputs, so that the epsilon of each step contributes.
    @ParameterizedTest
    @MethodSource("stacks")
    void gradientsByParametersAndInputsEqualFiniteDifferences(List<Layer> layers) {
        Stack stack = new Stack(null, layers);

        assertThat(FiniteDifferences.largestError(stack, stack.point())).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void gradientsWithMaskedStepsEqualFiniteDifferences(List<Layer> layers) {
        Stack stack = new Stack(MASK, layers);

        assertThat(FiniteDifferences.largestError(stack, stack.point())).isLessThan(TOLERANCE);
    }

    @Test
    void aMaskedStepsInputGetsNoGradient() {
        Stack stack = new Stack(MASK, List.of(gru(FEATURES, RNNFormat.NWC)));

        double[] gradient = stack.gradient(stack.point());

        for (int i = 0; i < BATCH * STEPS; i++) {
            for (int f = 0; f < FEATURES; f++) {
                double byInput = gradient[stack.parameters + i * FEATURES + f];
                assertThat(byInput != 0).as("step %d", i).isEqualTo(MASK[i / STEPS][i % STEPS] == 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScoresGradientPassesThroughTheLastTimeStep(RNNFormat format) {
        Scored scored = new Scored(
                data(format, null, array(BATCH, 2), null),
                gru(FEATURES, format),
                new LastTimeStep(gru(HIDDEN, format)),
                output());

        assertThat(FiniteDifferences.largestError(scored, scored.point())).isLessThan(TOLERANCE);
    }

    @Test
    void theScoresGradientPassesThroughAnOutputAtEveryStep() {
        INDArray mask = Nd4j.createFromArray(MASK);
        Scored scored = new Scored(
                data(RNNFormat.NCW, mask, array(BATCH, 2, STEPS), mask),
                gru(FEATURES, RNNFormat.NCW),
                new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(HIDDEN)
                        .nOut(2)
                        .build());

        assertThat(FiniteDifferences.largestError(scored, scored.point())).isLessThan(TOLERANCE);
    }

    @Test
    void theScoresGradientPassesThroughBothDirections() {
        Scored scored = new Scored(
                data(RNNFormat.NCW, null, array(BATCH, 2), null),
                new LastTimeStep(new Bidirectional(Bidirectional.Mode.ADD, gru(FEATURES, RNNFormat.NCW))),
                output());

        assertThat(FiniteDifferences.largestError(scored, scored.point())).isLessThan(TOLERANCE);
    }

    @Test
    void aMissingTargetHasNoPartInTheGradient() {
        INDArray known = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 0}, {0, 0}});
        Scored scored = new Scored(
                data(RNNFormat.NWC, null, array(BATCH, 2), known),
                new LastTimeStep(gru(FEATURES, RNNFormat.NWC)),
                output());

        assertThat(FiniteDifferences.largestError(scored, scored.point())).isLessThan(TOLERANCE);
    }

    /// The reason for a layer of our own: ND4J 1.0.0-M2.1 has this operation, and its forward pass is right, but
    /// the derivatives that `gru_bp` returns are wrong. If this test fails one day, ND4J has been fixed.
    @Test
    void nd4jsFusedGruFailsTheSameCheckForMoreThanOneUnit() {
        FusedGru fused = new FusedGru(STEPS);

        assertThat(FiniteDifferences.largestError(fused, fused.point())).isGreaterThan(0.1);
    }

    /// The check itself is right for the operation: a single step needs no back-propagation through time. (With a
    /// single unit its derivatives are reported to be right as well, but the operation may corrupt memory then.)
    @Test
    void nd4jsFusedGruPassesTheCheckForOneStep() {
        FusedGru fused = new FusedGru(1);

        assertThat(FiniteDifferences.largestError(fused, fused.point())).isLessThan(TOLERANCE);
    }

    /// It is the same function: reset-after, columns r, z, n, one bias, on the input side.
    @Test
    void nd4jsFusedGruGoesForwardAsTheLayerDoes() {
        FusedGru fused = new FusedGru(STEPS);
        double[] bias = fused.bias.toDoubleVector();
        GruKernel kernel = new GruKernel(
                FEATURES,
                HIDDEN,
                fused.inputWeights.reshape(-1).toDoubleVector(),
                fused.recurrentWeights.reshape(-1).toDoubleVector(),
                bias,
                new double[3 * HIDDEN]);
        double[][] first = new double[STEPS][];
        for (int step = 0; step < STEPS; step++) {
            first[step] = fused.x.slice(step).getRow(0).toDoubleVector();
        }
        GruTape tape = new GruTape(kernel, new GruSequence(first, null, new double[HIDDEN]));

        INDArray outputs = fused.outputs(fused.point());
        for (int step = 0; step < STEPS; step++) {
            assertThat(tape.state(step))
                    .containsExactly(outputs.slice(step).getRow(0).toDoubleVector(), within(1e-12));
        }
    }

    private static Gru gru(int inputs, RNNFormat format) {
        return new Gru.Builder().nIn(inputs).nOut(HIDDEN).dataFormat(format).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(HIDDEN)
                .nOut(2)
                .build();
    }

    private static MultiLayerNetwork network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .weightInit(new UniformDistribution(-0.8, 0.8))
                .biasInit(0.1)
                .updater(new NoOp())
                .list();
        for (Layer layer : layers) {
            list.layer(layer.clone());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    private DataSet data(RNNFormat format, @Nullable INDArray mask, INDArray labels, @Nullable INDArray labelsMask) {
        INDArray x = format == RNNFormat.NWC ? array(BATCH, STEPS, FEATURES) : array(BATCH, FEATURES, STEPS);
        return new DataSet(x, labels, mask, labelsMask);
    }

    private INDArray array(long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Nd4j.createFromArray(random.doubles(length, -1.5, 1.5).toArray()).reshape('c', shape);
    }

    /// Recurrent layers alone, with a weighted sum of all outputs as the loss: derivatives by parameters, then
    /// inputs.
    private final class Stack implements Differentiable {

        private final MultiLayerNetwork network;
        private final int parameters;
        private final INDArray x;
        private final INDArray weights;
        private final @Nullable INDArray mask;

        private Stack(double @Nullable [][] mask, List<Layer> layers) {
            this.network = network(layers.toArray(Layer[]::new));
            this.parameters = (int) network.numParams();
            boolean byTime = ((Gru) layers.getFirst()).getRnnDataFormat() == RNNFormat.NWC;
            this.x = byTime ? array(BATCH, STEPS, FEATURES) : array(BATCH, FEATURES, STEPS);
            this.weights = byTime ? array(BATCH, STEPS, HIDDEN) : array(BATCH, HIDDEN, STEPS);
            this.mask = mask == null ? null : Nd4j.createFromArray(mask);
        }

        private double[] point() {
            return concatenated(network.params(), x);
        }

        @Override
        public double loss(double[] point) {
            return forward(point).mul(weights).sumNumber().doubleValue();
        }

        @Override
        public double[] gradient(double[] point) {
            forward(point);
            Pair<Gradient, INDArray> back = network.backpropGradient(weights, LayerWorkspaceMgr.noWorkspaces());
            return concatenated(back.getFirst().gradient(), back.getSecond());
        }

        private INDArray forward(double[] point) {
            network.setParams(Nd4j.createFromArray(Arrays.copyOf(point, parameters)));
            double[] inputs = Arrays.copyOfRange(point, parameters, point.length);
            network.setInput(Nd4j.createFromArray(inputs).reshape('c', x.shape()));
            network.setLayerMaskArrays(mask, null);
            return network.feedForward(true, false).getLast();
        }
    }

    /// A whole network with DL4J's score: derivatives by parameters.
    private static final class Scored implements Differentiable {

        private final MultiLayerNetwork network;
        private final DataSet data;

        private Scored(DataSet data, Layer... layers) {
            this.network = network(layers);
            this.data = data;
        }

        private double[] point() {
            return network.params().toDoubleVector();
        }

        @Override
        public double loss(double[] point) {
            network.setParams(Nd4j.createFromArray(point));
            return network.score(data, true);
        }

        /// DL4J's gradient is that of the sum over the batch; the score is the mean.
        @Override
        public double[] gradient(double[] point) {
            network.setParams(Nd4j.createFromArray(point));
            network.setInput(data.getFeatures());
            network.setLabels(data.getLabels());
            network.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
            network.computeGradientAndScore();
            return network.gradient().gradient().div(BATCH).toDoubleVector();
        }
    }

    /// ND4J's operation: derivatives by its weights and bias. Sequences are [time][batch][feature].
    private final class FusedGru implements Differentiable {

        private static final int GATES = 3 * HIDDEN;

        private final INDArray x;
        private final INDArray inputWeights = array(FEATURES, GATES).mul(0.5);
        private final INDArray recurrentWeights = array(HIDDEN, GATES).mul(0.5);
        private final INDArray bias = array(GATES).mul(0.5);
        private final INDArray weights;

        private FusedGru(int steps) {
            this.x = array(steps, BATCH, FEATURES);
            this.weights = array(steps, BATCH, HIDDEN);
        }

        private double[] point() {
            return concatenated(inputWeights, recurrentWeights, bias);
        }

        @Override
        public double loss(double[] point) {
            return outputs(point).mul(weights).sumNumber().doubleValue();
        }

        @Override
        public double[] gradient(double[] point) {
            SameDiff graph = graph(point);
            Map<String, INDArray> found = graph.calculateGradients(Map.of(), "Wx", "Wh", "b");
            return concatenated(found.get("Wx"), found.get("Wh"), found.get("b"));
        }

        private INDArray outputs(double[] point) {
            return graph(point).outputSingle(Map.of(), "states");
        }

        private SameDiff graph(double[] point) {
            INDArray flat = Nd4j.createFromArray(point);
            SameDiff graph = SameDiff.create();
            SDVariable states = graph.rnn()
                    .gru(
                            "states",
                            graph.constant("x", x),
                            graph.constant("h0", Nd4j.zeros(DataType.DOUBLE, BATCH, HIDDEN)),
                            graph.var("Wx", part(flat, 0, FEATURES, GATES)),
                            graph.var("Wh", part(flat, FEATURES * GATES, HIDDEN, GATES)),
                            graph.var(
                                    "b",
                                    part(flat, (FEATURES + HIDDEN) * GATES, 1, GATES)
                                            .reshape(GATES)));
            SDVariable loss = states.mul(graph.constant("weights", weights)).sum();
            graph.setLossVariables(loss);
            return graph;
        }

        private static INDArray part(INDArray flat, int at, int rows, int columns) {
            return Nd4j.createFromArray(Arrays.copyOfRange(flat.toDoubleVector(), at, at + rows * columns))
                    .reshape('c', rows, columns);
        }
    }

    private static double[] concatenated(INDArray... arrays) {
        List<Double> values = new ArrayList<>();
        for (INDArray array : arrays) {
            IntStream.range(0, (int) array.length())
                    .forEach(i -> values.add(array.dup('c').data().getDouble(i)));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
