package io.aerocast.trainer.fit;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.Autoregression;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.Trend;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One fit of the seasonal baseline, in closed form: first what is normal, from the readings at the samples'
/// origins, then the autoregression of the anomalies.
final class SeasonalFit {

    /// Of the other features. On the training part of JFK, LGA, EWR and two typical years, these did as well as all
    /// 24.
    private static final List<Integer> LAGS = List.of(0, 1, 2, 3, 6, 12, 23);

    /// Prior standard deviations in units of the largest reading: of a constant and of a wave (Prophet's), and of a
    /// slope and its changes, which Prophet gives the changes alone; weather has next to no trend.
    private static final double CONSTANT = 5;

    private static final double WAVE = 10;
    private static final double SLOPE = 0.05 * Math.sqrt(2);

    /// Of the constant among the autoregression's terms, which is left free but for rounding.
    private static final double FREE = 1e-6;

    private final Dataset data;
    private final Pipeline pipeline;
    private final FitProperties properties;
    private final FourierBasis basis;
    private final @Nullable Trend trend;
    private final boolean known;
    private final Map<Instant, double[]> normal = new HashMap<>();

    /// @param data clean
    /// @throws IllegalArgumentException if there is nothing to fit, or the samples have no times
    SeasonalFit(Dataset data, FitProperties properties) {
        this.data = data;
        this.pipeline = data.pipeline();
        this.properties = properties;
        Instant first = origin(data.samples().getFirst());
        Duration span = Duration.between(first, newest());
        this.basis = basis(span);
        this.known = known(span);
        this.trend = known ? new Trend(first, span, changepoints(span)) : null;
    }

    /// @param model without intervals
    /// @param rmse of the samples at the first horizon
    record Fitted(SeasonalModel model, double rmse) {}

    FourierBasis basis() {
        return basis;
    }

    AnomalyTerms terms() {
        int rows = pipeline.lookback();
        List<Season> short_ = basis.seasons().stream()
                .filter(season -> season.period().compareTo(lookback()) <= 0)
                .toList();
        return new AnomalyTerms(
                pipeline.cadence(),
                new FourierBasis(short_),
                rows - 1,
                known,
                LAGS.stream().filter(lag -> lag < rows).toList(),
                pipeline.features().size());
    }

    Fitted fit(ModelCard card) {
        SeasonalMean mean = mean();
        AnomalyTerms terms = terms();
        double[][] rows = new double[data.size()][];
        double[][] changes = new double[data.size()][];
        double[] weights = new double[data.size()];
        Instant newest = newest();
        double kept = kept();
        for (int i = 0; i < rows.length; i++) {
            Sample sample = data.samples().get(i);
            Instant origin = origin(sample);
            rows[i] = terms.of(sample.lookback(), origin, time -> normal(mean, time));
            changes[i] = changes(mean, sample, origin);
            double age = (double) Duration.between(origin, newest).toMillis()
                    / pipeline.cadence().toMillis();
            weights[i] = Math.pow(kept, age);
        }
        requireTargets(changes);
        double[] ridge = ridge(rows, weights);
        RobustRidge fit = RobustRidge.fit(rows, weights, changes, ridge);
        SeasonalModel model = new SeasonalModel(
                card,
                mean,
                terms,
                new Autoregression(fit.coefficients(), fit.information(), ridge, fit.bounds()),
                kept,
                new double[card.horizons().size()]);
        return new Fitted(model, fit.rmse()[0]);
    }

    /// What is left of a sample's weight after one step.
    private double kept() {
        return Math.pow(0.5, 1.0 / properties.halfLife());
    }

    /// The pipeline's seasons, without those that the data do not see a full cycle of.
    private FourierBasis basis(Duration span) {
        return new FourierBasis(pipeline.seasons().stream()
                .filter(season -> season.period().compareTo(span) <= 0)
                .toList());
    }

    /// Whether the data tell what is normal from how it happened to be: they span two cycles of every season, and
    /// one season is longer than a lookback.
    private boolean known(Duration span) {
        Optional<Duration> longest =
                pipeline.seasons().stream().map(Season::period).max(Comparator.naturalOrder());
        return longest.filter(period -> period.compareTo(lookback()) > 0
                        && period.multipliedBy(2).compareTo(span) <= 0)
                .isPresent();
    }

    /// One for each cycle of the longest season.
    private int changepoints(Duration span) {
        return pipeline.seasons().stream()
                .mapToInt(season -> (int) (span.toMillis() / season.period().toMillis()))
                .min()
                .orElse(0);
    }

    private Duration lookback() {
        return pipeline.cadence().multipliedBy(pipeline.lookback());
    }

    private SeasonalMean mean() {
        List<double[]> coefficients = new ArrayList<>();
        for (int f = 0; f < pipeline.features().size(); f++) {
            coefficients.add(mean(f));
        }
        return new SeasonalMean(basis, trend, coefficients);
    }

    /// Maximum a posteriori. The prior's weight depends on the error's variance, which a first fit tells.
    private double[] mean(int feature) {
        List<double[]> rows = new ArrayList<>();
        List<double[]> readings = new ArrayList<>();
        double largest = 0;
        for (Sample sample : data.samples()) {
            double[][] lookback = sample.lookback().rows();
            double reading = lookback[lookback.length - 1][feature];
            if (!Double.isNaN(reading)) {
                rows.add(SeasonalMean.terms(basis, trend, origin(sample)));
                readings.add(new double[] {reading});
                largest = Math.max(largest, Math.abs(reading));
            }
        }
        int terms = basis.size() + (trend == null ? 0 : trend.size());
        if (largest == 0) {
            return new double[terms]; // no reading, or none but 0
        }
        double[][] x = rows.toArray(double[][]::new);
        double[][] y = readings.toArray(double[][]::new);
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        double error = RobustRidge.fit(x, equal, y, prior(terms, 0.1 * largest, largest))
                .rmse()[0];
        double[][] fit =
                RobustRidge.fit(x, equal, y, prior(terms, error, largest)).coefficients();
        return Arrays.stream(fit).mapToDouble(term -> term[0]).toArray();
    }

    /// Λ = σ²/(prior variance).
    private double[] prior(int terms, double error, double largest) {
        double[] ridge = new double[terms];
        for (int i = 0; i < terms; i++) {
            double deviation = largest * (i == 0 ? CONSTANT : i < basis.size() ? WAVE : SLOPE);
            ridge[i] = Math.max(FREE, error * error / (deviation * deviation));
        }
        return ridge;
    }

    private double[] normal(SeasonalMean mean, Instant time) {
        return normal.computeIfAbsent(time, mean::at);
    }

    /// From the anomaly at the origin to that at each horizon.
    private double[] changes(SeasonalMean mean, Sample sample, Instant origin) {
        double now = sample.lookback().persistence() - normal(mean, origin)[0];
        double[] changes = new double[sample.targets().length];
        for (int h = 0; h < changes.length; h++) {
            Instant target = pipeline.after(origin, pipeline.horizons().get(h));
            changes[h] = sample.targets()[h] - normal(mean, target)[0] - now;
        }
        return changes;
    }

    private void requireTargets(double[][] changes) {
        for (int h = 0; h < pipeline.horizons().size(); h++) {
            int horizon = h;
            int count = (int) Arrays.stream(changes)
                    .filter(change -> !Double.isNaN(change[horizon]))
                    .count();
            Residuals.requireTargets(count, pipeline.horizons().get(h), data);
        }
    }

    /// So many observations, each as large as the term's root mean square, outweigh the pull to zero.
    private double[] ridge(double[][] rows, double[] weights) {
        double[] squares = new double[rows[0].length];
        double total = 0;
        for (int row = 0; row < rows.length; row++) {
            total += weights[row];
            for (int i = 0; i < squares.length; i++) {
                squares[i] += weights[row] * rows[row][i] * rows[row][i];
            }
        }
        double[] ridge = new double[squares.length];
        for (int i = 0; i < ridge.length; i++) {
            ridge[i] = Math.max(FREE, i == 0 ? 0 : properties.ridge() * squares[i] / total);
        }
        return ridge;
    }

    private Instant newest() {
        return data.samples().stream()
                .map(SeasonalFit::origin)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant origin(Sample sample) {
        Lookback lookback = sample.lookback();
        if (lookback.origin() == null) {
            throw new IllegalArgumentException(
                    "Cannot fit a seasonal model on samples without times: a seasonal mean depends on them");
        }
        return lookback.origin();
    }
}
