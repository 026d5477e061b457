package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The terms of a seasonal model's autoregression. With the anomalies r(t) of the target and q(t) of another
/// feature, i.e. their readings minus their seasonal means, the terms are, in this order,
///
/// 1. the constant,
/// 2. the waves of short seasons at the origin, because their shape drifts,
/// 3. r(t−k) − r(t−k−1) for k = 0 … `differences` − 1,
/// 4. r(t), if `level` is set,
/// 5. q(t−k) for each other feature and each k of `lags`,
/// 6. r(t) − r(t−1), r(t) as above, and q(t) of each other feature, each times the first `modulations` waves: a
///    cloudy noon is cooler, a cloudy night is warmer, and the wind decides how fast a morning warms.
///
/// A missing reading takes the anomaly of the one before it, or else of the one after it, or else 0.
///
/// @param cadence the length of one step
/// @param waves of the seasons of which a lookback holds a full cycle
/// @param differences number of differences, less than the number of rows
/// @param level whether the target's anomaly decays; that needs a known seasonal mean, i.e. training data over more
///     than one cycle of the longest season
/// @param lags ascending, of the other features
/// @param features number of features with a seasonal mean, the target first
/// @param modulations number of the waves, without the constant, that modulate the newest anomalies; 0 for none
public record AnomalyTerms(
        Duration cadence,
        FourierBasis waves,
        int differences,
        boolean level,
        List<Integer> lags,
        int features,
        int modulations) {

    public AnomalyTerms {
        lags = List.copyOf(lags);
        if (!cadence.isPositive()) {
            throw new IllegalArgumentException(
                    "A seasonal model's cadence must be positive, found %s".formatted(cadence));
        }
        if (differences < 0
                || differences == Integer.MAX_VALUE
                || features < 1
                || modulations < 0
                || modulations >= waves.size()
                || lags.stream().anyMatch(lag -> lag < 0 || lag == Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "No terms of %d differences, lags %s, %d features and %d modulations of %d waves"
                            .formatted(differences, lags, features, modulations, waves.size() - 1));
        }
    }

    /// Terms without modulations.
    public AnomalyTerms(
            Duration cadence, FourierBasis waves, int differences, boolean level, List<Integer> lags, int features) {
        this(cadence, waves, differences, level, lags, features, 0);
    }

    /// Number of terms.
    public int size() {
        return waves.size() + differences + (level ? 1 : 0) + (features - 1) * lags.size() + modulations * modulated();
    }

    /// Number of anomalies that each modulating wave multiplies.
    public int modulated() {
        return (differences > 0 ? 1 : 0) + (level ? 1 : 0) + features - 1;
    }

    /// Number of rows that the terms depend on.
    public int rows() {
        return 1
                + Math.max(differences, lags.stream().mapToInt(lag -> lag).max().orElse(0));
    }

    /// The terms' values.
    ///
    /// @param lookback with an origin and at least [#rows] rows
    /// @param means seasonal means at a time, shape [features]
    /// @return shape [size()]
    public double[] of(Lookback lookback, Instant origin, Function<Instant, double[]> means) {
        double[][] anomalies = anomalies(lookback, origin, means);
        double[] terms = Arrays.copyOf(waves.at(origin), size());
        int next = waves.size();
        double[] target = anomalies[0];
        for (int k = 0; k < differences; k++) {
            terms[next++] = target[k] - target[k + 1];
        }
        if (level) {
            terms[next++] = target[0];
        }
        for (int f = 1; f < features; f++) {
            for (int lag : lags) {
                terms[next++] = anomalies[f][lag];
            }
        }
        for (double anomaly : modulated(anomalies)) {
            for (int wave = 1; wave <= modulations; wave++) {
                terms[next++] = anomaly * terms[wave];
            }
        }
        return terms;
    }

    /// @return shape [modulated()]
    private double[] modulated(double[][] anomalies) {
        double[] modulated = new double[modulated()];
        int next = 0;
        if (differences > 0) {
            modulated[next++] = anomalies[0][0] - anomalies[0][1];
        }
        if (level) {
            modulated[next++] = anomalies[0][0];
        }
        for (int f = 1; f < features; f++) {
            modulated[next++] = anomalies[f][0];
        }
        return modulated;
    }

    /// @return shape [features][rows], newest first
    private double[][] anomalies(Lookback lookback, Instant origin, Function<Instant, double[]> means) {
        double[][] anomalies = new double[features][rows()];
        long step = cadence.toMillis();
        for (int k = 0; k < anomalies[0].length; k++) {
            double[] normal = means.apply(origin.minusMillis(k * step));
            double[] row = lookback.rows()[lookback.steps() - 1 - k];
            for (int f = 0; f < features; f++) {
                anomalies[f][k] = row[f] - normal[f];
            }
        }
        for (double[] feature : anomalies) {
            fill(feature);
        }
        return anomalies;
    }

    private static void fill(double[] newestFirst) {
        double before = Double.NaN;
        for (int k = newestFirst.length - 1; k >= 0; k--) {
            newestFirst[k] = Double.isNaN(newestFirst[k]) ? before : newestFirst[k];
            before = newestFirst[k];
        }
        double after = Double.isNaN(before) ? 0 : before; // no reading at all: no anomaly
        for (int k = 0; k < newestFirst.length; k++) {
            newestFirst[k] = Double.isNaN(newestFirst[k]) ? after : newestFirst[k];
            after = newestFirst[k];
        }
    }
}
