package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The seasonal baseline: the seasonal mean S and, for each horizon, a direct autoregression of the anomalies
/// r = y − S on [AnomalyTerms] x: ŷ(t+h) = S(t+h) + r(t) + φ_h · x(t). Intervals are symmetric, with a half-width
/// per horizon from the residuals on validation data (split conformal prediction).
///
/// The model is immutable. Online learning ([#forStation]) is per station and keeps the version: the version
/// identifies the fit, and a station's forecasts follow from the fit and the observations since.
public final class SeasonalModel implements ForecastModel {

    /// The kind in a card and in a shipped model's name.
    public static final String KIND = "seasonal";

    private final ModelCard card;
    private final SeasonalMean mean;
    private final AnomalyTerms terms;
    private final Autoregression autoregression;
    private final double kept;
    private final double[] halfWidths;

    /// @param mean seasonal means of the target and of the further features that the terms use
    /// @param terms inputs of the autoregression
    /// @param autoregression of the anomalies' changes
    /// @param kept forgetting factor of the online updates: the share of the weight of all earlier samples that is
    ///     left after one step, above 0 and at most 1
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    /// @throws IllegalArgumentException if the parts do not fit together or to the card
    public SeasonalModel(
            ModelCard card,
            SeasonalMean mean,
            AnomalyTerms terms,
            Autoregression autoregression,
            double kept,
            double[] halfWidths) {
        this.card = card.requireKind(KIND);
        this.mean = mean;
        this.terms = terms;
        this.autoregression = autoregression;
        this.kept = kept;
        this.halfWidths = card.requirePerHorizon("half-width", halfWidths);
        card.requirePerHorizon("error bound", autoregression.bounds());
        if (mean.features() != terms.features()
                || mean.features() > card.features().size()
                || terms.rows() > card.lookback()
                || terms.size() != autoregression.weights().length) {
            throw new IllegalArgumentException(
                    "A seasonal model of %d weights and a mean of %d features cannot have %d terms of %d features over %d rows of %d"
                            .formatted(
                                    autoregression.weights().length,
                                    mean.features(),
                                    terms.size(),
                                    terms.features(),
                                    terms.rows(),
                                    card.lookback()));
        }
        if (!(kept > 0 && kept <= 1)) {
            throw new IllegalArgumentException(
                    "A forgetting factor lies above 0 and not above 1, found %s".formatted(kept));
        }
    }

    /// A Fourier mean and one share of the latest anomaly for each horizon, without online learning: ŷ(t+h) =
    /// S(t+h) + φ_h · r(t). The model of artifact format 1.
    ///
    /// @param cadence the length of one step
    /// @param coefficients shape [basis.size()], in the target's unit
    /// @param carry shape [horizons], φ: the share of the latest anomaly that is left
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public SeasonalModel(
            ModelCard card,
            Duration cadence,
            FourierBasis basis,
            double[] coefficients,
            double[] carry,
            double[] halfWidths) {
        this(
                card,
                new SeasonalMean(basis, null, List.of(coefficients)),
                new AnomalyTerms(cadence, new FourierBasis(List.of()), 0, true, List.of(), 1),
                carrying(card.requirePerHorizon("carry", carry)),
                1,
                halfWidths);
    }

    /// The level's change is φ − 1 times the anomaly; error bounds of 0 switch learning off.
    private static Autoregression carrying(double[] carry) {
        double[] change = new double[carry.length];
        for (int h = 0; h < change.length; h++) {
            change[h] = carry[h] - 1;
        }
        return new Autoregression(
                new double[][] {new double[carry.length], change},
                Cholesky.of(new double[][] {{1, 0}, {0, 1}}),
                new double[] {1, 1},
                new double[carry.length]);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    /// The seasonal mean depends on the time.
    @Override
    public boolean needsTime() {
        return true;
    }

    /// The seasonal means.
    public SeasonalMean mean() {
        return mean;
    }

    /// The inputs of the autoregression.
    public AnomalyTerms terms() {
        return terms;
    }

    /// Shape [terms][horizons], of the autoregression, in the target's unit for each term's unit.
    public double[][] weights() {
        return autoregression.copy().weights();
    }

    /// Shape [horizons], in the target's unit, of the prediction intervals.
    public double[] halfWidths() {
        return halfWidths.clone();
    }

    @Override
    public Prediction predict(Lookback lookback) {
        Instant origin = requireMatch(lookback);
        return predict(autoregression, terms(lookback, origin), lookback, origin);
    }

    /// Learns by recursive least squares, from each sample once the target of its last horizon has been observed.
    @Override
    public StationForecaster forStation() {
        return new SeasonalLearner(this, autoregression.copy());
    }

    /// @return the origin of the lookback
    /// @throws IllegalArgumentException if the model cannot forecast from it
    Instant requireMatch(Lookback lookback) {
        card.requireMatch(lookback);
        return card.requireOrigin(lookback);
    }

    double[] terms(Lookback lookback, Instant origin) {
        return terms.of(lookback, origin, mean::at);
    }

    Prediction predict(Autoregression regression, double[] terms, Lookback lookback, Instant origin) {
        double[] value = regression.predict(terms);
        double anomaly = anomaly(lookback.persistence(), origin);
        for (int h = 0; h < value.length; h++) {
            value[h] = normal(after(origin, card.horizons().get(h))) + (anomaly + value[h]);
        }
        return Prediction.within(value, halfWidths);
    }

    /// Difference of a reading of the target from the seasonal mean at that time.
    double anomaly(double reading, Instant time) {
        return reading - normal(time);
    }

    private double normal(Instant time) {
        return mean.at(time)[0];
    }

    Instant after(Instant time, int steps) {
        return time.plusMillis(terms.cadence().toMillis() * steps);
    }

    Duration cadence() {
        return terms.cadence();
    }

    double kept() {
        return kept;
    }

    /// The same model after the calibration on validation data.
    ///
    /// @param metrics scores for the card, by name
    /// @param halfWidths shape [horizons], in the target's unit, of the prediction intervals
    public SeasonalModel calibrated(Map<String, Double> metrics, double[] halfWidths) {
        return new SeasonalModel(card.withMetrics(metrics), mean, terms, autoregression, kept, halfWidths);
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(numbers("cadenceMillis", terms.cadence().toMillis()));
        tensors.addAll(mean.basis().tensors("season"));
        Trend trend = mean.trend();
        if (trend != null) {
            tensors.add(
                    numbers("trend", trend.from().toEpochMilli(), trend.span().toMillis(), trend.changepoints()));
        }
        for (int f = 0; f < mean.features(); f++) {
            tensors.add(numbers("mean" + f, mean.coefficients().get(f)));
        }
        tensors.addAll(terms.waves().tensors("wave"));
        tensors.add(numbers("differences", terms.differences()));
        tensors.add(numbers("level", terms.level() ? 1 : 0));
        if (!terms.lags().isEmpty()) {
            tensors.add(numbers(
                    "lags", terms.lags().stream().mapToDouble(lag -> lag).toArray()));
        }
        if (terms.modulations() > 0) {
            tensors.add(numbers("modulations", terms.modulations()));
        }
        double[][] weights = autoregression.weights();
        tensors.add(Tensor.matrix("weights", weights.length, halfWidths.length, WeightedRows.join(weights)));
        tensors.add(numbers("information", autoregression.information().packed()));
        tensors.add(numbers("ridge", autoregression.ridge()));
        tensors.add(numbers("bounds", autoregression.bounds()));
        tensors.add(numbers("kept", kept));
        tensors.add(numbers("halfWidths", halfWidths));
        return tensors;
    }

    static SeasonalModel from(ModelCard card, Tensors tensors) {
        Duration cadence = Duration.ofMillis((long) tensors.value("cadenceMillis"));
        FourierBasis basis = FourierBasis.from(tensors, "season");
        double[] halfWidths = tensors.values("halfWidths");
        if (tensors.contains("carry")) {
            return new SeasonalModel(
                    card, cadence, basis, tensors.values("coefficients"), tensors.values("carry"), halfWidths);
        }
        List<double[]> means = means(tensors);
        AnomalyTerms terms = anomalyTerms(tensors, cadence, means.size());
        return new SeasonalModel(
                card,
                new SeasonalMean(basis, trend(tensors), means),
                terms,
                autoregression(tensors, terms.size(), halfWidths.length),
                tensors.value("kept"),
                halfWidths);
    }

    private static List<double[]> means(Tensors tensors) {
        List<double[]> means = new ArrayList<>();
        while (tensors.contains("mean" + means.size())) {
            means.add(tensors.values("mean" + means.size()));
        }
        return means;
    }

    private static AnomalyTerms anomalyTerms(Tensors tensors, Duration cadence, int features) {
        return new AnomalyTerms(
                cadence,
                FourierBasis.from(tensors, "wave"),
                (int) tensors.value("differences"),
                tensors.value("level") != 0,
                lags(tensors),
                features,
                tensors.contains("modulations") ? (int) tensors.value("modulations") : 0);
    }

    private static Autoregression autoregression(Tensors tensors, int terms, int horizons) {
        Tensor weights = new Tensor("weights", List.of(terms, horizons), tensors.values("weights"));
        return new Autoregression(
                weights.split(),
                Cholesky.unpacked(terms, tensors.values("information")),
                tensors.values("ridge"),
                tensors.values("bounds"));
    }

    private static List<Integer> lags(Tensors tensors) {
        List<Integer> lags = new ArrayList<>();
        if (tensors.contains("lags")) {
            for (double lag : tensors.values("lags")) {
                lags.add((int) lag);
            }
        }
        return lags;
    }

    private static @Nullable Trend trend(Tensors tensors) {
        if (!tensors.contains("trend")) {
            return null;
        }
        double[] numbers = tensors.values("trend", 3);
        return new Trend(
                Instant.ofEpochMilli((long) numbers[0]), Duration.ofMillis((long) numbers[1]), (int) numbers[2]);
    }

    private static Tensor numbers(String name, double... values) {
        return Tensor.vector(name, values.length, values);
    }
}
