package io.aerocast.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A GRU that forecasts the change from the target's latest reading. Per horizon:
/// value = latest reading + change scale · network output. Intervals are symmetric, with a half-width per horizon
/// from held-back residuals (split conformal prediction).
public final class GruModel implements ForecastModel {

    /// The kind in a card and in a shipped model's name.
    public static final String KIND = "gru";

    private final ModelCard card;
    private final Scaler scaler;
    private final List<GruKernel> layers;
    private final LinearHead head;
    private final double[] changeScale;
    private final double[] halfWidths;

    /// @param layers at least one, from the inputs to the head
    /// @param changeScale shape [horizons], in the target's unit: what an output of one means
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    /// @throws IllegalArgumentException if the parts do not fit together or to the card
    public GruModel(
            ModelCard card,
            Scaler scaler,
            List<GruKernel> layers,
            LinearHead head,
            double[] changeScale,
            double[] halfWidths) {
        this.card = card.requireKind(KIND);
        this.scaler = scaler;
        this.layers = List.copyOf(layers);
        this.head = head;
        this.changeScale = card.requirePerHorizon("change scale", changeScale);
        this.halfWidths = card.requirePerHorizon("half-width", halfWidths);
        requireChain();
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public Prediction predict(Lookback lookback) {
        card.requireMatch(lookback);
        double[][] sequence = scaler.standardise(lookback, card.lookback());
        for (GruKernel layer : layers) {
            sequence = layer.states(sequence);
        }
        double[] value = head.outputs(sequence[sequence.length - 1]);
        for (int h = 0; h < value.length; h++) {
            value[h] = lookback.persistence() + changeScale[h] * value[h];
        }
        return Prediction.within(value, halfWidths);
    }

    /// The same model after a calibration on held-back data.
    ///
    /// @param metrics scores for the card, by name
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public GruModel calibrated(Map<String, Double> metrics, double[] halfWidths) {
        return new GruModel(card.withMetrics(metrics), scaler, layers, head, changeScale, halfWidths);
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(scaler.tensors());
        for (int layer = 0; layer < layers.size(); layer++) {
            tensors.addAll(layers.get(layer).tensors(name(layer)));
        }
        tensors.addAll(head.tensors());
        tensors.add(Tensor.vector("changeScale", changeScale.length, changeScale));
        tensors.add(Tensor.vector("halfWidths", halfWidths.length, halfWidths));
        return tensors;
    }

    static GruModel from(ModelCard card, Tensors tensors) {
        List<GruKernel> layers = new ArrayList<>();
        do {
            layers.add(GruKernel.from(tensors, name(layers.size())));
        } while (tensors.contains(name(layers.size()) + ".inputWeights"));
        return new GruModel(
                card,
                Scaler.from(tensors),
                layers,
                LinearHead.from(tensors),
                tensors.values("changeScale"),
                tensors.values("halfWidths"));
    }

    private static String name(int layer) {
        return "gru" + layer;
    }

    private void requireChain() {
        requireSize("the scaler's features", card.features().size(), scaler.features());
        int width = scaler.features();
        for (GruKernel layer : layers) {
            requireSize("a layer's inputs", width, layer.inputs());
            width = layer.hidden();
        }
        requireSize("the head's units", width, head.units());
        requireSize("the head's horizons", card.horizons().size(), head.horizons());
    }

    private static void requireSize(String what, int expected, int found) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "A gru model does not fit together: %s must be %d, found %d".formatted(what, expected, found));
        }
    }
}
