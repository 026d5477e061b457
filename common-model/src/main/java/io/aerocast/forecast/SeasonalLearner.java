package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Online learning of a seasonal model on one station's observations, by recursive least squares.
///
/// A sample is learned once the time of its last horizon has come, for all horizons at once, so that they share one
/// information matrix. A horizon whose target has not been observed by then keeps its weights; a sample without any
/// observed target is dropped. Samples up to the card's `trainedTo` are not learned again, so a stream may be
/// replayed from any point.
final class SeasonalLearner implements StationForecaster {

    /// Lower bound of the forgetting factor after a gap in the stream.
    private static final double LEAST_KEPT = 0.5;

    private final SeasonalModel model;
    private final Autoregression regression;
    private final int furthest;
    private final NavigableMap<Instant, OpenSample> pending = new TreeMap<>();
    private final NavigableMap<Instant, Double> actuals = new TreeMap<>();
    private @Nullable Instant learnedUntil;

    /// @param terms at the origin
    /// @param anomaly of the target at the origin
    private record OpenSample(double[] terms, double anomaly) {}

    SeasonalLearner(SeasonalModel model, Autoregression start) {
        this.model = model;
        this.regression = start;
        this.furthest = model.card().horizons().getLast();
    }

    @Override
    public Prediction predict(Lookback lookback) {
        Instant origin = model.requireMatch(lookback);
        double[] terms = model.terms(lookback, origin);
        if (pending.isEmpty() || origin.isAfter(pending.lastKey())) {
            remember(lookback, origin);
            learnUntil(origin);
            if (origin.isAfter(model.card().trainedTo())) {
                pending.put(origin, new OpenSample(terms, model.anomaly(lookback.persistence(), origin)));
            }
        }
        return model.predict(regression, terms, lookback, origin);
    }

    private void remember(Lookback lookback, Instant origin) {
        for (int k = 0; k < lookback.steps(); k++) {
            double reading = lookback.rows()[lookback.steps() - 1 - k][0];
            if (!Double.isNaN(reading)) {
                actuals.put(model.after(origin, -k), reading);
            }
        }
    }

    private void learnUntil(Instant now) {
        Instant last = model.after(now, -furthest);
        NavigableMap<Instant, OpenSample> settled = pending.headMap(last, true);
        for (Map.Entry<Instant, OpenSample> sample : settled.entrySet()) {
            learn(sample.getKey(), sample.getValue());
        }
        settled.clear();
        actuals.headMap(last, true).clear();
    }

    private void learn(Instant origin, OpenSample sample) {
        double[] changes = new double[model.card().horizons().size()];
        for (int h = 0; h < changes.length; h++) {
            Instant target = model.after(origin, model.card().horizons().get(h));
            Double actual = actuals.get(target);
            changes[h] = actual == null ? Double.NaN : model.anomaly(actual, target) - sample.anomaly();
        }
        if (Arrays.stream(changes).allMatch(Double::isNaN)) {
            return;
        }
        regression.learn(sample.terms(), changes, kept(origin));
        learnedUntil = origin;
    }

    private double kept(Instant origin) {
        if (learnedUntil == null) {
            return model.kept();
        }
        double steps = (double) Duration.between(learnedUntil, origin).toMillis()
                / model.cadence().toMillis();
        return Math.max(LEAST_KEPT, Math.pow(model.kept(), steps));
    }
}
