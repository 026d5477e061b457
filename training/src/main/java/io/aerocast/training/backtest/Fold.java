package io.aerocast.training.backtest;

import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// A part of the test period; its models are fitted on the observations before it.
///
/// @param number from 1
/// @param testFrom grid time of the first origin; the models know no observation of this time or later
/// @param testTo grid time after the last origin, exclusive
public record Fold(int number, Instant testFrom, Instant testTo) {

    /// Divides a period: the first part is for training alone, the rest is tested in folds of equal length.
    ///
    /// @param first grid time of the first observation
    /// @param last grid time of the last observation
    /// @param initialShare fraction of the time before the first fold, between 0 and 1
    /// @param count number of folds, at least 1
    /// @return in order of time, without gaps
    static List<Fold> layout(Pipeline pipeline, Instant first, Instant last, double initialShare, int count) {
        if (!(initialShare > 0 && initialShare < 1)) {
            throw new IllegalArgumentException(
                    "The share of time before the first fold lies between 0 and 1, found %s".formatted(initialShare));
        }
        if (count < 1) {
            throw new IllegalArgumentException("A backtest has at least 1 fold, found %d".formatted(count));
        }
        long span = Duration.between(first, last).toMillis();
        return IntStream.range(0, count)
                .mapToObj(i -> new Fold(
                        i + 1,
                        start(pipeline, first, span, initialShare, (double) i / count),
                        i == count - 1
                                ? pipeline.after(last, 1)
                                : start(pipeline, first, span, initialShare, (i + 1.0) / count)))
                .toList();
    }

    private static Instant start(Pipeline pipeline, Instant first, long span, double initialShare, double tested) {
        double share = initialShare + (1 - initialShare) * tested;
        return pipeline.slot(first.plusMillis(Math.round(span * share)));
    }

    boolean tests(Instant origin) {
        return !origin.isBefore(testFrom) && origin.isBefore(testTo);
    }
}
