package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A seasonal model that goes on learning from one station's stream, by recursive least squares.
///
/// A sample is learnt once the time of its last horizon is there, for all horizons at once, which then share one
/// information matrix. A truth that has not arrived by then teaches its horizon nothing, and nothing is learnt from a
/// sample without any truth. What the model was fitted on (its card's `trainedTo`) is not learnt again, so that a
/// stream may be replayed from any point.
final class SeasonalLearner implements StationForecaster {

    /// After a gap in the stream no more is forgotten than this.
    private static final double LEAST_KEPT = 0.5;

    private final SeasonalModel model;
    private final Autoregression learnt;
    private final int furthest;
    private final NavigableMap<Instant, Pending> pending = new TreeMap<>();
    private final NavigableMap<Instant, Double> truths = new TreeMap<>();
    private @Nullable Instant learntUntil;

    /// @param terms as the model saw them
    /// @param anomaly of the target at the origin
    private record Pending(double[] terms, double anomaly) {}

    SeasonalLearner(SeasonalModel model, Autoregression start) {
        this.model = model;
        this.learnt = start;
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
                pending.put(origin, new Pending(terms, model.anomaly(lookback.persistence(), origin)));
            }
        }
        return model.predict(learnt, terms, lookback, origin);
    }

    private void remember(Lookback lookback, Instant origin) {
        for (int k = 0; k < lookback.steps(); k++) {
            double reading = lookback.rows()[lookback.steps() - 1 - k][0];
            if (!Double.isNaN(reading)) {
                truths.put(model.after(origin, -k), reading);
            }
        }
    }

    private void learnUntil(Instant now) {
        Instant last = model.after(now, -furthest);
        NavigableMap<Instant, Pending> settled = pending.headMap(last, true);
        for (Map.Entry<Instant, Pending> sample : settled.entrySet()) {
            learn(sample.getKey(), sample.getValue());
        }
        settled.clear();
        truths.headMap(last, true).clear();
    }

    private void learn(Instant origin, Pending sample) {
        double[] changes = new double[model.card().horizons().size()];
        for (int h = 0; h < changes.length; h++) {
            Instant target = model.after(origin, model.card().horizons().get(h));
            Double truth = truths.get(target);
            changes[h] = truth == null ? Double.NaN : model.anomaly(truth, target) - sample.anomaly();
        }
        if (Arrays.stream(changes).allMatch(Double::isNaN)) {
            return;
        }
        learnt.learn(sample.terms(), changes, kept(origin));
        learntUntil = origin;
    }

    private double kept(Instant origin) {
        if (learntUntil == null) {
            return model.kept();
        }
        double steps = (double) Duration.between(learntUntil, origin).toMillis()
                / model.cadence().toMillis();
        return Math.max(LEAST_KEPT, Math.pow(model.kept(), steps));
    }
}
