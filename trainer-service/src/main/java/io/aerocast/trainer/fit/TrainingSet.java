package io.aerocast.trainer.fit;

import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// Training samples as the network sees them, and the scaling that makes them so.
///
/// @param scaler of the inputs
/// @param changeScale shape [horizons], root mean square of the target's change, in its unit
/// @param x shape [samples][steps][features], standardised
/// @param y shape [samples][horizons], changes of the target in units of `changeScale`; `NaN` where not observed
record TrainingSet(Scaler scaler, double[] changeScale, double[][][] x, double[][] y) {

    /// @throws IllegalArgumentException if no sample has a target at one of the horizons
    static TrainingSet of(Dataset train) {
        Pipeline pipeline = train.pipeline();
        List<Sample> samples = train.samples();
        Scaler scaler = scaler(samples, pipeline.features().size());
        double[] changeScale = changeScale(train);
        double[][][] x = new double[samples.size()][][];
        double[][] y = new double[samples.size()][changeScale.length];
        for (int i = 0; i < x.length; i++) {
            Sample sample = samples.get(i);
            x[i] = scaler.standardise(sample.lookback(), pipeline.lookback());
            for (int h = 0; h < changeScale.length; h++) {
                y[i][h] = (sample.targets()[h] - sample.lookback().persistence()) / changeScale[h];
            }
        }
        return new TrainingSet(scaler, changeScale, x, y);
    }

    int size() {
        return x.length;
    }

    /// Some samples as a batch for DL4J: features [batch][time][feature], labels and their mask [batch][horizon].
    DataSet batch(int[] samples) {
        double[][][] inputs = new double[samples.length][][];
        double[][] labels = new double[samples.length][changeScale.length];
        double[][] mask = new double[samples.length][changeScale.length];
        boolean complete = true;
        for (int i = 0; i < samples.length; i++) {
            inputs[i] = x[samples[i]];
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

    private static Scaler scaler(List<Sample> samples, int features) {
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int f = 0; f < features; f++) {
            int feature = f;
            double[] values = samples.stream()
                    .flatMap(sample -> Arrays.stream(sample.lookback().rows()))
                    .mapToDouble(row -> row[feature])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            double average = Arrays.stream(values).average().orElse(0);
            double variance = Arrays.stream(values)
                    .map(v -> (v - average) * (v - average))
                    .average()
                    .orElse(0);
            mean[f] = average;
            deviation[f] = variance > 0 ? Math.sqrt(variance) : 1; // a constant feature says nothing
        }
        return new Scaler(mean, deviation);
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
