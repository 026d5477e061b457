package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A linear regression of the change from the target's latest reading, one per horizon: value = latest reading +
/// weights · terms. The terms are the waves of the day and the year at the origin, the constant first, and all
/// readings of the lookback, standardised, oldest row first. Intervals are symmetric, with a half-width per horizon
/// from the residuals on validation data (split conformal prediction). Immutable.
///
/// The waves at a target time are fixed combinations of the waves at the origin, so the weights of each horizon
/// hold them too.
public final class RidgeModel implements ForecastModel {

    /// The kind in a card and in a shipped model's name.
    public static final String KIND = "ridge";

    private final ModelCard card;
    private final Duration cadence;
    private final Scaler scaler;
    private final FourierBasis basis;
    private final double[][] weights;
    private final double[] halfWidths;

    /// @param cadence the length of one step
    /// @param scaler of the features
    /// @param basis waves that are terms
    /// @param weights shape [terms][horizons], in the target's unit
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    /// @throws IllegalArgumentException if the parts do not fit together or to the card
    public RidgeModel(
            ModelCard card,
            Duration cadence,
            Scaler scaler,
            FourierBasis basis,
            double[][] weights,
            double[] halfWidths) {
        this.card = card.requireKind(KIND);
        this.cadence = cadence;
        this.scaler = scaler;
        this.basis = basis;
        this.weights = Arrays.stream(weights)
                .map(row -> card.requirePerHorizon("weight", row))
                .toArray(double[][]::new);
        this.halfWidths = card.requirePerHorizon("half-width", halfWidths);
        int terms = basis.size() + card.lookback() * card.features().size();
        if (scaler.features() != card.features().size() || weights.length != terms) {
            throw new IllegalArgumentException(
                    "A ridge model of %d features over %d rows with %d waves needs %d weights and a scaler of as many features, found %d and %d"
                            .formatted(
                                    card.features().size(),
                                    card.lookback(),
                                    basis.size(),
                                    terms,
                                    weights.length,
                                    scaler.features()));
        }
    }

    /// The terms of a lookback.
    ///
    /// @param rows how many of its rows are used, the newest ones
    /// @param origin grid time of the lookback's last row
    /// @return shape [terms]
    public static double[] terms(FourierBasis basis, Scaler scaler, Lookback lookback, int rows, Instant origin) {
        int features = scaler.features();
        double[] waves = basis.at(origin);
        double[] terms = Arrays.copyOf(waves, waves.length + rows * features);
        double[][] standardised = scaler.standardise(lookback, rows, features);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(standardised[row], 0, terms, waves.length + row * features, features);
        }
        return terms;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    /// The waves depend on the time.
    @Override
    public boolean needsTime() {
        return true;
    }

    /// The length of one step.
    public Duration cadence() {
        return cadence;
    }

    /// The scaling of the features.
    public Scaler scaler() {
        return scaler;
    }

    /// The waves that are terms.
    public FourierBasis basis() {
        return basis;
    }

    /// Shape [terms][horizons], in the target's unit.
    public double[][] weights() {
        return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    }

    /// Shape [horizons], in the target's unit, of the prediction intervals.
    public double[] halfWidths() {
        return halfWidths.clone();
    }

    @Override
    public Prediction predict(Lookback lookback) {
        card.requireMatch(lookback);
        Instant origin = card.requireOrigin(lookback);
        double[] value = new double[halfWidths.length];
        Arrays.fill(value, lookback.persistence());
        double[] terms = terms(basis, scaler, lookback, card.lookback(), origin);
        WeightedRows.addTo(value, value.length, terms, weights);
        return Prediction.within(value, halfWidths);
    }

    /// The same model after the calibration on validation data.
    ///
    /// @param metrics scores for the card, by name
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public RidgeModel calibrated(Map<String, Double> metrics, double[] halfWidths) {
        return new RidgeModel(card.withMetrics(metrics), cadence, scaler, basis, weights, halfWidths);
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.vector("cadenceMillis", 1, new double[] {cadence.toMillis()}));
        tensors.addAll(scaler.tensors());
        tensors.addAll(basis.tensors("wave"));
        tensors.add(Tensor.matrix("weights", weights.length, halfWidths.length, WeightedRows.join(weights)));
        tensors.add(Tensor.vector("halfWidths", halfWidths.length, halfWidths));
        return tensors;
    }

    static RidgeModel from(ModelCard card, Tensors tensors) {
        return new RidgeModel(
                card,
                Duration.ofMillis((long) tensors.value("cadenceMillis")),
                Scaler.from(tensors),
                FourierBasis.from(tensors, "wave"),
                tensors.matrix("weights").split(),
                tensors.values("halfWidths"));
    }
}
