package io.aerocast.training.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Configuration of a layer of gated recurrent units for DL4J, which has none of its own. (ND4J's fused `gru`
/// operation is no alternative: its gradients are wrong for more than one unit.)
///
/// ```java
/// new NeuralNetConfiguration.Builder()
///         .list()
///         .layer(new Gru.Builder().nIn(3).nOut(32).build())
///         .layer(new LastTimeStep(new Gru.Builder().nIn(32).nOut(32).build()))
///         .layer(new OutputLayer.Builder().nIn(32).nOut(24)…
/// ```
///
/// It is the reset-after form of PyTorch's `nn.GRU`; [io.aerocast.forecast.GruKernel] states the formulas. The
/// gates are in the order `r`, `z`, `n` in every parameter:
///
/// | key | shape | initialised by |
/// |---|---|---|
/// | `W` | [nIn][3·nOut] | `weightInit` |
/// | `RW` | [nOut][3·nOut] | `weightInitRecurrent`, by default `weightInit` |
/// | `b` | [3·nOut], bias of the input side | `biasInit` |
/// | `rb` | [3·nOut], bias of the recurrent side | `biasInit` |
///
/// Sequences are [batch][feature][time] (`RNNFormat.NCW`, the default as in DL4J's own layers) or
/// [batch][time][feature] (`NWC`). The layer computes in double precision, independent of the network's data type,
/// and its results are bit-identical for any number of threads.
///
/// **Masks.** A features mask [batch][time] is 0 at missing steps. A masked step is not read: the state passes
/// through unchanged and is the output, and the input gets no gradient. (DL4J's LSTM outputs zeros there.)
///
/// Supports dropout, weight noise, constraints, truncated back-propagation and `rnnTimeStep`. The activations are
/// part of the formulas; `activation` has no effect.
public final class Gru extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation from JSON.
    private Gru() {}

    private Gru(Builder builder) {
        super(builder);
        initializeConstraints(builder);
    }

    @Override
    protected void initializeConstraints(org.deeplearning4j.nn.conf.layers.Layer.Builder<?> builder) {
        super.initializeConstraints(builder);
        Builder gru = (Builder) builder;
        constrain(GruParameters.INPUT_WEIGHTS, gru.getInputWeightConstraints());
        constrain(GruParameters.RECURRENT_WEIGHTS, gru.getRecurrentConstraints());
    }

    private void constrain(String key, @Nullable List<LayerConstraint> added) {
        if (added == null || added.isEmpty()) {
            return;
        }
        List<LayerConstraint> all = new ArrayList<>(constraints == null ? List.of() : constraints);
        for (LayerConstraint each : added) {
            LayerConstraint constraint = each.clone();
            constraint.setParams(Set.of(key));
            all.add(constraint);
        }
        constraints = all;
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
                .workingMemory(0, 0, 0, 0) // works on the Java heap
                .cacheMemory(0, 0)
                .build();
    }

    /// Builds the configuration; `nIn` may be left to DL4J's `setInputType`.
    public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {

        @Override
        @SuppressWarnings("unchecked")
        public Gru build() {
            return new Gru(this);
        }
    }
}
