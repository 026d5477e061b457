package io.aerocast.training.fit;

import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// Training samples as inputs and labels of the network, and their scaling.
///
/// @param encoder of the inputs
/// @param changeScale shape [horizons], root mean square change of the target, in its unit
/// @param x shape [samples][steps][inputs]
/// @param y shape [samples][horizons], changes of the target in units of `changeScale`; `NaN` where not observed
record TrainingSet(InputEncoder encoder, double[] changeScale, double[][][] x, double[][] y) {

    /// Fraction of a cycle that the data must span for its phase to be an input.
    private static final double SEEN = 0.6;

    /// @throws IllegalArgumentException if no sample has a target at one of the horizons
    static TrainingSet of(Dataset train) {
        Pipeline pipeline = train.pipeline();
        List<Sample> samples = train.samples();
        List<Feature> features = pipeline.features();
        Scaler scaler = scaler(samples, features);
        InputEncoder encoder =
                new InputEncoder(scaler, changeDeviation(samples, scaler), cycles(train), pipeline.cadence());
        double[] changeScale = changeScale(train);
        double[][][] x = new double[samples.size()][][];
        double[][] y = new double[samples.size()][changeScale.length];
        for (int i = 0; i < x.length; i++) {
            Sample sample = samples.get(i);
            x[i] = encoder.encode(sample.lookback(), pipeline.lookback());
            for (int h = 0; h < changeScale.length; h++) {
                y[i][h] = (sample.targets()[h] - sample.lookback().persistence()) / changeScale[h];
            }
        }
        return new TrainingSet(encoder, changeScale, x, y);
    }

    int size() {
        return x.length;
    }

    /// Some samples as a batch for DL4J: features [batch][time][input], labels and their mask [batch][horizon].
    ///
    /// @param seen augments the inputs of a sample, shape [steps][inputs]; must not modify its argument
    DataSet batch(int[] samples, UnaryOperator<double[][]> seen) {
        double[][][] inputs = new double[samples.length][][];
        double[][] labels = new double[samples.length][changeScale.length];
        double[][] mask = new double[samples.length][changeScale.length];
        boolean complete = true;
        for (int i = 0; i < samples.length; i++) {
            inputs[i] = seen.apply(x[samples[i]]);
            for (int h = 0; h < changeScale.length; h++) {
                double label = y[samples[i]][h];
                boolean observed = !Double.isNaN(label);
                labels[i][h] = observed ? label : 0;
                mask[i][h] = observed ? 1 : 0;
                complete &= observed;
            }
        }
        return new DataSet(
                Nd4j.createFromArray(inputs),
                Nd4j.createFromArray(labels),
                null,
                complete ? null : Nd4j.createFromArray(mask));
    }

    /// Augments the inputs of a sample, so that a network learns to forecast without times and at unknown levels.
    ///
    /// @param steps shape [steps][inputs]; is not modified
    /// @param shift of the target's level, standardised
    /// @param timeless whether the time inputs are set to 0
    double[][] augmented(double[][] steps, double shift, boolean timeless) {
        double[][] augmented = new double[steps.length][];
        for (int step = 0; step < steps.length; step++) {
            double[] inputs = timeless
                    ? Arrays.copyOf(Arrays.copyOf(steps[step], encoder.timesAt()), steps[step].length)
                    : steps[step].clone();
            inputs[0] += shift;
            augmented[step] = inputs;
        }
        return augmented;
    }

    /// The seasons of the pipeline of which the data hold most of a cycle. From a small part of a cycle, a network
    /// would learn a phase that it wrongly extrapolates to the rest.
    private static List<Duration> cycles(Dataset train) {
        Duration span = Duration.between(train.from(), train.to());
        return train.pipeline().seasons().stream()
                .map(Season::period)
                .filter(period -> span.toMillis() >= SEEN * period.toMillis())
                .toList();
    }

    /// Mean and standard deviation of each feature. A feature that is constant or never read is scaled by its
    /// plausible range, so that later readings of it do not dominate the network.
    static Scaler scaler(List<Sample> samples, List<Feature> features) {
        double[] mean = new double[features.size()];
        double[] deviation = new double[features.size()];
        for (int f = 0; f < mean.length; f++) {
            int feature = f;
            double[] values = samples.stream()
                    .flatMap(sample -> Arrays.stream(sample.lookback().rows()))
                    .mapToDouble(row -> row[feature])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            double average = Arrays.stream(values).average().orElse(middle(features.get(f)));
            double variance = Arrays.stream(values)
                    .map(v -> (v - average) * (v - average))
                    .average()
                    .orElse(0);
            mean[f] = average;
            deviation[f] = variance > 0 ? Math.sqrt(variance) : width(features.get(f));
        }
        return new Scaler(mean, deviation);
    }

    /// Root mean square change of each feature between the newest two rows of each lookback; the older rows are the
    /// newest of other samples. For a feature that never changes, its own deviation.
    private static double[] changeDeviation(List<Sample> samples, Scaler scaler) {
        double[] deviation = scaler.deviation().clone();
        for (int f = 0; f < deviation.length; f++) {
            int feature = f;
            double square = samples.stream()
                    .map(sample -> sample.lookback().rows())
                    .filter(rows -> rows.length > 1)
                    .mapToDouble(rows -> rows[rows.length - 1][feature] - rows[rows.length - 2][feature])
                    .filter(change -> !Double.isNaN(change))
                    .map(change -> change * change)
                    .average()
                    .orElse(0);
            deviation[f] = square > 0 ? Math.sqrt(square) : deviation[f];
        }
        return deviation;
    }

    private static double middle(Feature feature) {
        double middle = (feature.minimum() + feature.maximum()) / 2;
        return Double.isFinite(middle) ? middle : 0;
    }

    private static double width(Feature feature) {
        double width = feature.maximum() - feature.minimum();
        return Double.isFinite(width) ? width : 1;
    }

    private static double[] changeScale(Dataset train) {
        List<Integer> horizons = train.pipeline().horizons();
        double[] scale = new double[horizons.size()];
        for (int h = 0; h < scale.length; h++) {
            int horizon = h;
            double[] changes = train.samples().stream()
                    .mapToDouble(sample ->
                            sample.targets()[horizon] - sample.lookback().persistence())
                    .filter(change -> !Double.isNaN(change))
                    .toArray();
            Residuals.requireTargets(changes.length, horizons.get(h), train);
            double square = Arrays.stream(changes)
                    .map(change -> change * change)
                    .average()
                    .orElseThrow();
            scale[h] = square > 0 ? Math.sqrt(square) : 1; // a constant target never changes
        }
        return scale;
    }
}
