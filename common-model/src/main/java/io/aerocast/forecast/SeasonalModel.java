package io.aerocast.forecast;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The seasonal baseline: a Fourier mean S and a direct autoregression of the deviation from it,
/// ŷ(t+h) = S(t+h) + φ_h · (y(t) − S(t)). Intervals are symmetric, with a half-width per horizon from held-back
/// residuals (split conformal prediction).
public final class SeasonalModel implements ForecastModel {

    /// The kind in a card and in a shipped model's name.
    public static final String KIND = "seasonal";

    private final ModelCard card;
    private final Duration cadence;
    private final FourierBasis basis;
    private final double[] coefficients;
    private final double[] carry;
    private final double[] halfWidths;

    /// @param cadence the length of one step
    /// @param coefficients shape [basis.size()], in the target's unit
    /// @param carry shape [horizons], φ: the share of the latest deviation that is left
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    /// @throws IllegalArgumentException if the parts do not fit together or to the card
    public SeasonalModel(
            ModelCard card,
            Duration cadence,
            FourierBasis basis,
            double[] coefficients,
            double[] carry,
            double[] halfWidths) {
        this.card = card.requireKind(KIND);
        this.cadence = cadence;
        this.basis = basis;
        this.coefficients = Tensor.vector("the coefficients", basis.size(), coefficients.clone())
                .requireFinite()
                .values();
        this.carry = card.requirePerHorizon("carry", carry);
        this.halfWidths = card.requirePerHorizon("half-width", halfWidths);
        if (!cadence.isPositive()) {
            throw new IllegalArgumentException(
                    "A seasonal model's cadence must be positive, found %s".formatted(cadence));
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public Prediction predict(Lookback lookback) {
        card.requireMatch(lookback);
        Instant origin = lookback.origin();
        if (origin == null) {
            throw new IllegalArgumentException(
                    "Model %s of %s needs the time of the last row (origin), found none: a seasonal mean depends on it"
                            .formatted(card.version(), card.pipeline()));
        }
        double deviation = lookback.persistence() - basis.mean(coefficients, origin);
        double[] value = new double[carry.length];
        for (int h = 0; h < value.length; h++) {
            Instant target = origin.plus(cadence.multipliedBy(card.horizons().get(h)));
            value[h] = basis.mean(coefficients, target) + carry[h] * deviation;
        }
        return Prediction.within(value, halfWidths);
    }

    /// The same model after a calibration on held-back data.
    ///
    /// @param metrics scores for the card, by name
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public SeasonalModel calibrated(Map<String, Double> metrics, double[] halfWidths) {
        return new SeasonalModel(card.withMetrics(metrics), cadence, basis, coefficients, carry, halfWidths);
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.vector("cadenceMillis", 1, new double[] {cadence.toMillis()}));
        for (int i = 0; i < basis.seasons().size(); i++) {
            Season season = basis.seasons().get(i);
            double[] numbers = {season.period().toMillis(), season.harmonics()};
            tensors.add(Tensor.vector(name(i), 2, numbers)); // period in milliseconds, harmonics
        }
        tensors.add(Tensor.vector("coefficients", coefficients.length, coefficients));
        tensors.add(Tensor.vector("carry", carry.length, carry));
        tensors.add(Tensor.vector("halfWidths", halfWidths.length, halfWidths));
        return tensors;
    }

    static SeasonalModel from(ModelCard card, Tensors tensors) {
        List<Season> seasons = new ArrayList<>();
        while (tensors.contains(name(seasons.size()))) {
            double[] numbers = tensors.values(name(seasons.size()));
            seasons.add(new Season(Duration.ofMillis((long) numbers[0]), (int) numbers[1]));
        }
        return new SeasonalModel(
                card,
                Duration.ofMillis((long) tensors.values("cadenceMillis")[0]),
                new FourierBasis(seasons),
                tensors.values("coefficients"),
                tensors.values("carry"),
                tensors.values("halfWidths"));
    }

    private static String name(int season) {
        return "season" + season;
    }
}
