package io.aerocast.training.check;

import io.aerocast.pipeline.Feature;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Detects training data that can only lead to flat output, before they are fitted.
public final class TrainingDataCheck {

    /// Fraction of the samples in which the target must move.
    private static final double MOVING = 0.02;

    private TrainingDataCheck() {}

    /// Refuses data in which the target hardly ever moves by more than a negligible amount ([Feature#negligible]):
    /// the best fit to them is a flat line.
    ///
    /// @return the reason, or empty
    public static Optional<String> refusal(Dataset train) {
        long known = train.samples().stream()
                .filter(sample -> !Double.isNaN(sample.targets()[0]))
                .count();
        Feature target = train.pipeline().target();
        double still = target.negligible();
        long moving =
                train.samples().stream().filter(sample -> moves(sample, still)).count();
        return moving >= MOVING * known && moving > 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the window is too calm: %s moved by more than %.3g %s in %d of %d samples, a model fitted to it would forecast a flat line",
                        target.name(),
                        still,
                        target.unit(),
                        moving,
                        known));
    }

    /// Features that are constant or never read. A network cannot learn from them, which is worth a warning; a
    /// station without such a sensor is forecast nevertheless.
    ///
    /// @return one sentence each
    public static List<String> silentFeatures(Dataset train) {
        List<String> silent = new ArrayList<>();
        for (int f = 0; f < train.pipeline().features().size(); f++) {
            Feature feature = train.pipeline().features().get(f);
            DoubleSummaryStatistics readings = readings(train, f);
            if (readings.getCount() == 0) {
                silent.add("feature %s has no reading in any of %d windows".formatted(feature.name(), train.size()));
            } else if (readings.getMin() == readings.getMax()) {
                silent.add("feature %s is constant: %s %s in all of %d windows"
                        .formatted(feature.name(), readings.getMin(), feature.unit(), train.size()));
            }
        }
        return silent;
    }

    private static boolean moves(Sample sample, double still) {
        return Math.abs(sample.targets()[0] - sample.lookback().persistence()) > still; // false for NaN
    }

    private static DoubleSummaryStatistics readings(Dataset train, int feature) {
        return train.samples().stream()
                .flatMap(sample -> Arrays.stream(sample.lookback().rows()))
                .mapToDouble(row -> row[feature])
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
    }
}
