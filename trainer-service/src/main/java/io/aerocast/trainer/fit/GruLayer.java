package io.aerocast.trainer.fit;

import static io.aerocast.trainer.fit.GruParameters.doubles;

import io.aerocast.forecast.GruKernel;
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
        tape = new GruTape(kernel, doubles(input), (int) input.size(0), (int) input.size(1));
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
                doubles(epsilon),
                doubles(getParam(GruParameters.INPUT_WEIGHTS)),
                doubles(getParam(GruParameters.RECURRENT_WEIGHTS)));
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        put(gradient, GruParameters.INPUT_WEIGHTS, gradients.inputWeights);
        put(gradient, GruParameters.RECURRENT_WEIGHTS, gradients.recurrentWeights);
        put(gradient, GruParameters.INPUT_BIAS, gradients.inputBias);
        put(gradient, GruParameters.RECURRENT_BIAS, gradients.recurrentBias);
        INDArray byInput = Nd4j.createFromArray(gradients.x).reshape('c', input.shape());
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

    private void put(Gradient gradient, String key, double[] values) {
        INDArray view = gradientViews.get(key);
        view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
        gradient.setGradientFor(key, view);
    }
}
