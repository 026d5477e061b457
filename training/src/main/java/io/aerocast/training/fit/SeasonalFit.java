package io.aerocast.training.fit;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.Autoregression;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
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

    /// Consecutive levels are so alike that a row tells less about their decay than about that of a difference. On
    /// the benchmark's stations, factors of 1 to 10 differ by less than 0.01 in the ratio at 24 hours.
    private static final double LEVEL = 5;

    /// The weights depend little on the hour of the day: at 16 the temperature keeps the gain of the
    /// modulations, and the pressure, which has none, loses nothing.
    private static final double MODULATION = 16;

    /// Smallest ridge penalty: practically none, only against rounding errors.
    static final double FREE = 1e-6;

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

    /// Maximum a posteriori estimate under the [MeanPrior]. The weight of the prior depends on the error variance,
    /// which a first fit estimates.
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
        MeanPrior prior = new MeanPrior(pipeline, pipeline.features().get(feature), structure, largest);
        if (largest == 0) {
            return new double[prior.terms()]; // no reading other than 0
        }
        double[][] x = rows.stream().map(prior::rotated).toArray(double[][]::new);
        double[][] y = readings.toArray(double[][]::new);
        double[] equal = new double[x.length];
        Arrays.fill(equal, 1);
        double error = RobustRidge.fit(x, equal, y, prior.ridge(0.1 * largest)).rmse()[0];
        double[][] fit = RobustRidge.fit(x, equal, y, prior.ridge(error)).coefficients();
        return prior.unrotated(Arrays.stream(fit).mapToDouble(term -> term[0]).toArray());
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
    /// square; more for the level and the modulations.
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
        AnomalyTerms terms = structure.terms();
        if (terms.level()) {
            ridge[terms.waves().size() + terms.differences()] *= LEVEL;
        }
        for (int i = ridge.length - terms.modulations() * terms.modulated(); i < ridge.length; i++) {
            ridge[i] *= MODULATION;
        }
        return ridge;
    }
}
