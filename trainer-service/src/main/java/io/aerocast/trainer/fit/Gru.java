package io.aerocast.trainer.fit;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Configures a layer of gated recurrent units for DL4J, which has none of its own. (ND4J's fused `gru` operation is no
/// way out: its gradients are wrong for more than one unit.) Sequences are [batch][time][feature], every one of full
/// length; the data type is double. Dropout, weight noise, masks and truncated back-propagation are not supported.
final class Gru extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    private Gru(Builder builder) {
        super(builder);
    }

    /// @param inputs features per step
    /// @param hidden number of units
    static Gru of(int inputs, int hidden) {
        return new Builder().nIn(inputs).nOut(hidden).dataFormat(RNNFormat.NWC).build();
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        LayerValidation.assertNInNOutSet("Gru", getLayerName(), index, getNIn(), getNOut());
        if (dataType != DataType.DOUBLE) {
            throw new IllegalArgumentException("A Gru layer computes in DOUBLE, found " + dataType);
        }
        GruLayer layer = new GruLayer(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialise));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return new GruParameters();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        return new LayerMemoryReport.Builder(getLayerName(), Gru.class, inputType, getOutputType(-1, inputType))
                .standardMemory(parameters, getIUpdater().stateSize(parameters))
                .workingMemory(0, 0, 0, 0) // it works on the Java heap
                .cacheMemory(0, 0)
                .build();
    }

    private static final class Builder extends BaseRecurrentLayer.Builder<Builder> {

        @Override
        @SuppressWarnings("unchecked")
        public Gru build() {
            return new Gru(this);
        }
    }
}
