package io.aerocast.trainer.fit;

import static io.aerocast.trainer.fit.GruParameters.doubles;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.WeightedRows;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// A layer of gated recurrent units in a DL4J network. It steps through the same [GruKernel] that serves.
final class GruLayer extends BaseLayer<Gru> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable GruTape tape;

    GruLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /// @return shape [batch][time][unit]
    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (maskArray != null) {
            throw new UnsupportedOperationException("A Gru layer takes sequences of full length only, found a mask");
        }
        GruKernel kernel = GruParameters.kernel(paramTable());
        tape = new GruTape(kernel, sequences(input));
        long[] shape = {input.size(0), input.size(1), kernel.hidden()};
        return workspaces.leverageTo(
                ArrayType.ACTIVATIONS, Nd4j.createFromArray(tape.outputs()).reshape('c', shape));
    }

    /// @param epsilon shape [batch][time][unit]: the loss's derivatives by the outputs
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (tape == null) {
            throw new IllegalStateException("A Gru layer goes back only after it went forward");
        }
        GruTape.Gradients gradients = tape.back(
                sequences(epsilon),
                matrix(getParam(GruParameters.INPUT_WEIGHTS)),
                matrix(getParam(GruParameters.RECURRENT_WEIGHTS)));
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        put(gradient, GruParameters.INPUT_WEIGHTS, WeightedRows.join(gradients.inputWeights));
        put(gradient, GruParameters.RECURRENT_WEIGHTS, WeightedRows.join(gradients.recurrentWeights));
        put(gradient, GruParameters.INPUT_BIAS, gradients.inputBias);
        put(gradient, GruParameters.RECURRENT_BIAS, gradients.recurrentBias);
        INDArray byInput = Nd4j.createFromArray(gradients.x);
        return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, byInput));
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        super.clear();
        tape = null;
    }

    /// @return shape [batch][time][feature or unit]
    private static double[][][] sequences(INDArray array) {
        int steps = (int) array.size(1);
        int width = (int) array.size(2);
        double[] flat = doubles(array);
        double[][][] sequences = new double[(int) array.size(0)][steps][width];
        for (int at = 0; at < flat.length; at += width) {
            System.arraycopy(flat, at, sequences[at / (steps * width)][at / width % steps], 0, width);
        }
        return sequences;
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
