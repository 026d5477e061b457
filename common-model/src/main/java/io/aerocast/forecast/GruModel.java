package io.aerocast.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An ensemble of GRU networks that forecasts the change from the target's latest reading. Per horizon:
/// value = latest reading + change scale · mean of the members' outputs. Intervals are symmetric, with a half-width
/// per horizon from the residuals on validation data (split conformal prediction).
public final class GruModel implements ForecastModel {

    /// The kind in a card and in a shipped model's name.
    public static final String KIND = "gru";

    private final ModelCard card;
    private final InputEncoder encoder;
    private final List<GruMember> members;
    private final double[] changeScale;
    private final double[] halfWidths;

    /// @param encoder encodes a lookback as the members' inputs
    /// @param members at least one
    /// @param changeScale shape [horizons], in the target's unit: the change that an output of 1 stands for
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    /// @throws IllegalArgumentException if the parts do not fit together or to the card
    public GruModel(
            ModelCard card, InputEncoder encoder, List<GruMember> members, double[] changeScale, double[] halfWidths) {
        this.card = card.requireKind(KIND);
        this.encoder = encoder;
        this.members = List.copyOf(members);
        this.changeScale = card.requirePerHorizon("change scale", changeScale);
        this.halfWidths = card.requirePerHorizon("half-width", halfWidths);
        GruMember.requireSize("the encoder's features", card.features().size(), encoder.features());
        if (members.isEmpty()) {
            throw new IllegalArgumentException("A gru model does not fit together: it needs at least one member");
        }
        for (GruMember member : this.members) {
            GruMember.requireSize("a layer's inputs", encoder.inputs(), member.inputs());
            GruMember.requireSize(
                    "the head's horizons", card.horizons().size(), member.head().horizons());
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    /// Without times the encoder leaves the phases of its cycles at zero.
    @Override
    public boolean needsTime() {
        return false;
    }

    /// Encodes a lookback as the members' inputs.
    public InputEncoder encoder() {
        return encoder;
    }

    /// The members of the ensemble; their outputs are averaged.
    public List<GruMember> members() {
        return members;
    }

    /// Shape [horizons], in the target's unit: the change that an output of 1 stands for.
    public double[] changeScale() {
        return changeScale.clone();
    }

    /// Shape [horizons], in the target's unit, of the prediction intervals.
    public double[] halfWidths() {
        return halfWidths.clone();
    }

    @Override
    public Prediction predict(Lookback lookback) {
        card.requireMatch(lookback);
        double[][] inputs = encoder.encode(lookback, card.lookback());
        double[] sum = new double[changeScale.length];
        for (GruMember member : members) {
            double[] outputs = member.outputs(inputs);
            for (int h = 0; h < sum.length; h++) {
                sum[h] += outputs[h];
            }
        }
        double[] value = new double[sum.length];
        for (int h = 0; h < value.length; h++) {
            value[h] = lookback.persistence() + changeScale[h] * (sum[h] / members.size());
        }
        return Prediction.within(value, halfWidths);
    }

    /// The same model after the calibration on validation data.
    ///
    /// @param metrics scores for the card, by name
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public GruModel calibrated(Map<String, Double> metrics, double[] halfWidths) {
        return new GruModel(card.withMetrics(metrics), encoder, members, changeScale, halfWidths);
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(encoder.tensors());
        for (int i = 0; i < members.size(); i++) {
            tensors.addAll(members.get(i).tensors(prefix(i)));
        }
        tensors.add(Tensor.vector("changeScale", changeScale.length, changeScale));
        tensors.add(Tensor.vector("halfWidths", halfWidths.length, halfWidths));
        return tensors;
    }

    static GruModel from(ModelCard card, Tensors tensors) {
        List<GruMember> members = new ArrayList<>();
        do {
            members.add(GruMember.from(tensors, prefix(members.size())));
        } while (tensors.contains(prefix(members.size()) + "head.bias"));
        return new GruModel(
                card, InputEncoder.from(tensors), members, tensors.values("changeScale"), tensors.values("halfWidths"));
    }

    /// The first member's tensors have names without a prefix, as in format 1, which had one member.
    private static String prefix(int member) {
        return member == 0 ? "" : "member%d.".formatted(member);
    }
}
