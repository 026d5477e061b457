package io.aerocast.forecast;

import java.util.ArrayList;
import java.util.List;

/// A member of an ensemble: layers of gated recurrent units, with a linear head on the last state. Immutable.
///
/// @param layers at least one, from the inputs to the head
/// @param head one output per horizon
/// @throws IllegalArgumentException if the parts do not fit together
public record GruMember(List<GruKernel> layers, LinearHead head) {

    public GruMember {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A gru model does not fit together: a member needs at least one layer");
        }
        int width = layers.getFirst().inputs();
        for (GruKernel layer : layers) {
            requireSize("a layer's inputs", width, layer.inputs());
            width = layer.hidden();
        }
        requireSize("the head's units", width, head.units());
    }

    /// Number of input values per step.
    public int inputs() {
        return layers.getFirst().inputs();
    }

    /// @param x shape [steps][inputs]
    /// @return shape [horizons]
    double[] outputs(double[][] x) {
        double[][] sequence = x;
        for (GruKernel layer : layers.subList(0, layers.size() - 1)) {
            sequence = layer.states(sequence);
        }
        return head.outputs(layers.getLast().lastState(sequence));
    }

    List<Tensor> tensors(String prefix) {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            tensors.addAll(layers.get(layer).tensors(layerName(prefix, layer)));
        }
        tensors.addAll(head.tensors(prefix + "head"));
        return tensors;
    }

    static GruMember from(Tensors tensors, String prefix) {
        List<GruKernel> layers = new ArrayList<>();
        do {
            layers.add(GruKernel.from(tensors, layerName(prefix, layers.size())));
        } while (tensors.contains(layerName(prefix, layers.size()) + ".inputWeights"));
        return new GruMember(layers, LinearHead.from(tensors, prefix + "head"));
    }

    private static String layerName(String prefix, int layer) {
        return prefix + "gru" + layer;
    }

    static void requireSize(String what, int expected, int found) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "A gru model does not fit together: %s must be %d, found %d".formatted(what, expected, found));
        }
    }
}
