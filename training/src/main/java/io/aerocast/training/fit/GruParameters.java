package io.aerocast.training.fit;

import io.aerocast.forecast.GruKernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// The parameters of a [Gru] layer: consecutive in DL4J's flat vector, each in the row-major layout of [GruKernel]:
/// input weights [nIn][3·nOut], recurrent weights [nOut][3·nOut], input bias [3·nOut] and recurrent bias [3·nOut],
/// with the gates `r`, `z`, `n`.
final class GruParameters implements ParamInitializer {

    static final String INPUT_WEIGHTS = "W";
    static final String RECURRENT_WEIGHTS = "RW";
    static final String INPUT_BIAS = "b";
    static final String RECURRENT_BIAS = "rb";

    private static final List<String> WEIGHTS = List.of(INPUT_WEIGHTS, RECURRENT_WEIGHTS);
    private static final List<String> BIASES = List.of(INPUT_BIAS, RECURRENT_BIAS);

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        Gru gru = (Gru) layer;
        return (gru.getNIn() + gru.getNOut() + 2) * 3 * gru.getNOut();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(INPUT_WEIGHTS, RECURRENT_WEIGHTS, INPUT_BIAS, RECURRENT_BIAS);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return WEIGHTS;
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return BIASES;
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHTS.contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIASES.contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialise) {
        Gru gru = (Gru) conf.getLayer();
        Map<String, INDArray> views = views(gru, parameters);
        if (initialise) {
            initialise(gru, views);
        }
        views.keySet().forEach(conf::addVariable);
        return views;
    }

    private static void initialise(Gru gru, Map<String, INDArray> views) {
        IWeightInit input = gru.getWeightInitFn();
        IWeightInit recurrent = gru.getWeightInitFnRecurrent();
        fill(require(views, INPUT_WEIGHTS), input, gru.getNIn(), gru.getNOut());
        fill(require(views, RECURRENT_WEIGHTS), recurrent == null ? input : recurrent, gru.getNOut(), gru.getNOut());
        require(views, INPUT_BIAS).assign(gru.getBiasInit());
        require(views, RECURRENT_BIAS).assign(gru.getBiasInit());
    }

    private static void fill(INDArray view, IWeightInit init, long fanIn, long fanOut) {
        init.init(fanIn, fanOut, view.shape(), 'c', view);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradient) {
        return views((Gru) conf.getLayer(), gradient);
    }

    /// The kernel of a layer's parameters.
    static GruKernel kernel(Map<String, INDArray> parameters) {
        return kernel(
                require(parameters, INPUT_WEIGHTS),
                require(parameters, RECURRENT_WEIGHTS),
                require(parameters, INPUT_BIAS),
                require(parameters, RECURRENT_BIAS));
    }

    static GruKernel kernel(INDArray input, INDArray recurrent, INDArray inputBias, INDArray recurrentBias) {
        return new GruKernel(
                (int) input.rows(),
                (int) recurrent.rows(),
                doubles(input),
                doubles(recurrent),
                doubles(inputBias),
                doubles(recurrentBias));
    }

    /// Copies the parameters of a kernel of the same shape.
    static void assign(Map<String, INDArray> parameters, GruKernel kernel) {
        assign(parameters, INPUT_WEIGHTS, kernel.inputWeights());
        assign(parameters, RECURRENT_WEIGHTS, kernel.recurrentWeights());
        assign(parameters, INPUT_BIAS, kernel.inputBias());
        assign(parameters, RECURRENT_BIAS, kernel.recurrentBias());
    }

    private static void assign(Map<String, INDArray> parameters, String key, double[] values) {
        INDArray view = require(parameters, key);
        view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
    }

    static INDArray require(Map<String, INDArray> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), () -> "a Gru layer has parameters " + key);
    }

    /// The values of an array, row-major.
    static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static Map<String, INDArray> views(Gru gru, INDArray vector) {
        long gates = 3 * gru.getNOut();
        INDArray flat = vector.reshape(vector.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long at = 0;
        views.put(INPUT_WEIGHTS, view(flat, at, gru.getNIn(), gates));
        at += gru.getNIn() * gates;
        views.put(RECURRENT_WEIGHTS, view(flat, at, gru.getNOut(), gates));
        at += gru.getNOut() * gates;
        views.put(INPUT_BIAS, view(flat, at, 1, gates));
        views.put(RECURRENT_BIAS, view(flat, at + gates, 1, gates));
        return views;
    }

    private static INDArray view(INDArray flat, long at, long rows, long columns) {
        return flat.get(NDArrayIndex.interval(at, at + rows * columns)).reshape('c', rows, columns);
    }
}
