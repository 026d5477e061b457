package io.aerocast.trainer.check;

import io.aerocast.pipeline.Feature;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;

/// Looks for training data that can only give flat output, before they are fitted.
public final class TrainingDataCheck {

    /// Share of the samples in which the target has to move.
    private static final double MOVING = 0.02;

    private TrainingDataCheck() {}

    /// What speaks against fitting a model to some data, if anything does:
    ///
    /// - a calm window, in which the target hardly ever moves, so that the best fit is a flat line;
    /// - a feature without readings, or with a constant one: a network learns nothing of it, and does not know
    ///   what to make of its values when they come.
    ///
    /// @return the cause in words
    public static Optional<String> refusal(Dataset train) {
        return calm(train).or(() -> silent(train));
    }

    private static Optional<String> calm(Dataset train) {
        long known = train.samples().stream()
                .filter(sample -> !Double.isNaN(sample.targets()[0]))
                .count();
        long moving = train.samples().stream().filter(TrainingDataCheck::moves).count();
        return moving >= MOVING * known && moving > 0
                ? Optional.empty()
                : Optional.of(
                        "the window is too calm: %s moved in %d of %d samples, a model fitted to it would forecast a flat line"
                                .formatted(train.pipeline().target().name(), moving, known));
    }

    private static boolean moves(Sample sample) {
        double change = sample.targets()[0] - sample.lookback().persistence();
        return !Double.isNaN(change) && change != 0;
    }

    private static Optional<String> silent(Dataset train) {
        for (int f = 0; f < train.pipeline().features().size(); f++) {
            Feature feature = train.pipeline().features().get(f);
            DoubleSummaryStatistics readings = readings(train, f);
            if (readings.getCount() == 0) {
                return Optional.of(
                        "feature %s has no reading in any of %d windows".formatted(feature.name(), train.size()));
            }
            if (readings.getMin() == readings.getMax()) {
                return Optional.of("feature %s is constant: %s %s in all of %d windows"
                        .formatted(feature.name(), readings.getMin(), feature.unit(), train.size()));
            }
        }
        return Optional.empty();
    }

    private static DoubleSummaryStatistics readings(Dataset train, int feature) {
        return train.samples().stream()
                .flatMap(sample -> Arrays.stream(sample.lookback().rows()))
                .mapToDouble(row -> row[feature])
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
    }
}
