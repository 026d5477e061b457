package io.aerocast.training.fit;

import static io.aerocast.training.fit.GruParameters.doubles;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.WeightedRows;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// A layer of gated recurrent units in a DL4J network, configured by [Gru]. Training and serving share the
/// [GruKernel].
final class GruLayer extends BaseRecurrentLayer<Gru> {

    private static final long serialVersionUID = 1L;
    private static final String STATE = "state";

    private transient @Nullable GruPass pass;

    GruLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return forward(null, training, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return backward(epsilon, Integer.MAX_VALUE, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(INDArray epsilon, int length, LayerWorkspaceMgr workspaces) {
        return backward(epsilon, length, workspaces);
    }

    @Override
    public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
        setInput(next, workspaces);
        INDArray output = forward(stateMap.get(STATE), false, workspaces);
        stateMap.put(STATE, lastStates());
        return output;
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray next, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
        setInput(next, workspaces);
        INDArray output = forward(tBpttStateMap.get(STATE), training, workspaces);
        if (store) {
            tBpttStateMap.put(STATE, lastStates());
        }
        return output;
    }

    /// Does not propagate the mask to later layers, like DL4J's LSTM.
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        maskArray = mask;
        return new Pair<>(mask, MaskState.Passthrough);
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        super.clear();
        pass = null;
    }

    /// @param start shape [batch][unit], initial states; `null` for zeros
    private INDArray forward(@Nullable INDArray start, boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        INDArray inputWeights = getParamWithNoise(GruParameters.INPUT_WEIGHTS, training, workspaces);
        INDArray recurrentWeights = getParamWithNoise(GruParameters.RECURRENT_WEIGHTS, training, workspaces);
        GruKernel kernel = GruParameters.kernel(
                inputWeights,
                recurrentWeights,
                getParamWithNoise(GruParameters.INPUT_BIAS, training, workspaces),
                getParamWithNoise(GruParameters.RECURRENT_BIAS, training, workspaces));
        pass = new GruPass(kernel, matrix(inputWeights), matrix(recurrentWeights), batch(kernel, start));
        long[] shape = {pass.size(), pass.steps(), kernel.hidden()};
        INDArray outputs = Nd4j.createFromArray(pass.outputs()).reshape('c', shape);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, inFormat(outputs));
    }

    /// @param epsilon derivatives of the loss by the outputs, in the shape of the outputs
    private Pair<Gradient, INDArray> backward(INDArray epsilon, int length, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        double[][][] byInput = new double[(int) input.size(0)][][];
        GruGradients sums = requirePass().back(sequences(epsilon), length, byInput);
        weightNoiseParams.clear();
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        put(gradient, GruParameters.INPUT_WEIGHTS, WeightedRows.join(sums.inputWeights));
        put(gradient, GruParameters.RECURRENT_WEIGHTS, WeightedRows.join(sums.recurrentWeights));
        put(gradient, GruParameters.INPUT_BIAS, sums.inputBias);
        put(gradient, GruParameters.RECURRENT_BIAS, sums.recurrentBias);
        INDArray passedOn = backpropDropOutIfPresent(inFormat(Nd4j.createFromArray(byInput)));
        return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, passedOn));
    }

    private List<GruSequence> batch(GruKernel kernel, @Nullable INDArray start) {
        double[][][] x = sequences(input);
        if (x[0][0].length != kernel.inputs()) {
            throw new IllegalArgumentException("A Gru layer of %d inputs needs sequences of shape %s, found %s"
                    .formatted(
                            kernel.inputs(),
                            getDataFormat() == RNNFormat.NCW ? "[batch][inputs][time]" : "[batch][time][inputs]",
                            input.shapeInfoToString()));
        }
        double[][] mask = maskArray == null ? null : matrix(maskArray);
        double[][] states = start == null ? new double[x.length][kernel.hidden()] : matrix(start);
        return IntStream.range(0, x.length)
                .mapToObj(i -> new GruSequence(x[i], mask == null ? null : mask[i], states[i]))
                .toList();
    }

    private GruPass requirePass() {
        if (pass == null) {
            throw new IllegalStateException("The backward pass of a Gru layer needs a forward pass before it");
        }
        return pass;
    }

    private INDArray lastStates() {
        return Nd4j.createFromArray(requirePass().last()).detach();
    }

    /// @return shape [batch][time][feature or unit]
    private double[][][] sequences(INDArray array) {
        INDArray byTime = getDataFormat() == RNNFormat.NCW ? array.permute(0, 2, 1) : array;
        int steps = (int) byTime.size(1);
        int width = (int) byTime.size(2);
        double[] flat = doubles(byTime);
        double[][][] sequences = new double[(int) byTime.size(0)][steps][width];
        for (int i = 0; i < sequences.length * steps; i++) {
            System.arraycopy(flat, i * width, sequences[i / steps][i % steps], 0, width);
        }
        return sequences;
    }

    /// @param byTime shape [batch][time][feature or unit]
    private INDArray inFormat(INDArray byTime) {
        INDArray typed = byTime.castTo(dataType);
        return getDataFormat() == RNNFormat.NCW ? typed.permute(0, 2, 1) : typed;
    }

    private static double[][] matrix(INDArray array) {
        return WeightedRows.split(doubles(array), (int) array.rows(), (int) array.columns());
    }

    private void put(Gradient gradient, String key, double[] values) {
        INDArray view = GruParameters.require(gradientViews, key);
        view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
        gradient.setGradientFor(key, view);
    }
}
