package io.aerocast.training.fit;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.Autoregression;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.Trend;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One fit of the seasonal model, in closed form: first the seasonal mean, from the readings at the samples'
/// origins, then the autoregression of the anomalies.
final class SeasonalFit {

    /// Prior standard deviation of the constant, in units of the largest reading, as in Prophet.
    private static final double CONSTANT = 5;

    /// Prior standard deviation of a wave, in units of the largest reading, as in Prophet.
    private static final double WAVE = 10;

    /// Prior standard deviation of the slope and its changes, in units of the largest reading. Prophet applies it
    /// to the changes alone; weather has almost no trend.
    private static final double SLOPE = 0.05 * Math.sqrt(2);

    /// Smallest ridge penalty: practically none, only against rounding errors.
    private static final double FREE = 1e-6;

    private final Dataset data;
    private final Pipeline pipeline;
    private final SeasonalSettings settings;
    private final SeasonalStructure structure;
    private final Map<Instant, double[]> normal = new HashMap<>();

    /// @param data clean
    /// @param structure the terms to fit
    /// @throws IllegalArgumentException if the samples have no times
    SeasonalFit(Dataset data, SeasonalStructure structure, SeasonalSettings settings) {
        this.data = data;
        this.pipeline = data.pipeline();
        this.structure = structure;
        this.settings = settings;
    }

    /// @param model without intervals
    /// @param rmse of the samples at the first horizon
    record Result(SeasonalModel model, double rmse) {}

    Result fit(ModelCard card) {
        SeasonalMean mean = mean();
        AnomalyTerms terms = structure.terms();
        double[][] rows = new double[data.size()][];
        double[][] changes = new double[data.size()][];
        double[] weights = new double[data.size()];
        Instant newest = SeasonalStructure.newest(data);
        double kept = kept();
        for (int i = 0; i < rows.length; i++) {
            Sample sample = data.samples().get(i);
            Instant origin = SeasonalStructure.origin(sample);
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
        return new Result(model, fit.rmse()[0]);
    }

    /// Decay of the weight of a sample per step of age.
    private double kept() {
        return Math.pow(0.5, 1.0 / settings.halfLife());
    }

    private SeasonalMean mean() {
        List<double[]> coefficients = new ArrayList<>();
        for (int f = 0; f < pipeline.features().size(); f++) {
            coefficients.add(mean(f));
        }
        return new SeasonalMean(structure.basis(), structure.trend(), coefficients);
    }

    /// Maximum a posteriori estimate. The weight of the prior depends on the error variance, which a first fit
    /// estimates.
    private double[] mean(int feature) {
        List<double[]> rows = new ArrayList<>();
        List<double[]> readings = new ArrayList<>();
        double largest = 0;
        for (Sample sample : data.samples()) {
            double[][] lookback = sample.lookback().rows();
            double reading = lookback[lookback.length - 1][feature];
            if (!Double.isNaN(reading)) {
                rows.add(SeasonalMean.terms(structure.basis(), structure.trend(), SeasonalStructure.origin(sample)));
                readings.add(new double[] {reading});
                largest = Math.max(largest, Math.abs(reading));
            }
        }
        Trend trend = structure.trend();
        int terms = structure.basis().size() + (trend == null ? 0 : trend.size());
        if (largest == 0) {
            return new double[terms]; // no reading other than 0
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
            double deviation =
                    largest * (i == 0 ? CONSTANT : i < structure.basis().size() ? WAVE : SLOPE);
            ridge[i] = Math.max(FREE, error * error / (deviation * deviation));
        }
        return ridge;
    }

    private double[] normal(SeasonalMean mean, Instant time) {
        return normal.computeIfAbsent(time, mean::at);
    }

    /// Change from the anomaly at the origin to the anomaly at each horizon.
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

    /// Penalty of each term: as much as the setting's number of observations, each as large as the term's root mean
    /// square.
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
            ridge[i] = Math.max(FREE, i == 0 ? 0 : settings.ridge() * squares[i] / total);
        }
        return ridge;
    }
}
