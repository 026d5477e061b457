package io.aerocast.trainer.probation;

import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import io.aerocast.training.score.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Compares a promoted model with the one that it replaced, on the data that have landed since: the test of the
/// gate with the roles swapped ([Judge#worse]), in the form that stays valid however often it is evaluated.
final class ReverseTest {

    /// Samples that give the scale of the errors, the same in every comparison: 14 days of one hourly station.
    private static final int SCALE = 336;

    private final Judge judge;

    ReverseTest(Judge judge) {
        this.judge = judge;
    }

    /// The state of a probation.
    sealed interface Comparison {}

    /// The promoted model is worse beyond chance.
    ///
    /// @param gridTimes grid times since the promotion
    /// @param reason the finding, in words
    record Worse(int gridTimes, String reason) implements Comparison {}

    /// The data do not show that the promoted model is worse.
    ///
    /// @param gridTimes grid times since the promotion
    record NotWorse(int gridTimes) implements Comparison {}

    /// Compares on all data since the promotion.
    ///
    /// @param samples oldest origin first, also from before the promotion
    /// @param calmUntil the change that led to the promotion: the data before give the scale of the errors, as
    ///     the former model's errors between the change and the promotion are what it was replaced for
    /// @param promoted the newest observation time that the gate has seen
    /// @param until origins from then on are left out
    Comparison compare(
            Pipeline view,
            List<Sample> samples,
            Predictor serving,
            Predictor former,
            Instant calmUntil,
            Instant promoted,
            Instant until) {
        List<Sample> since = samples.stream()
                .filter(sample ->
                        origin(sample).isAfter(promoted) && origin(sample).isBefore(until))
                .toList();
        List<Sample> earlier = until(calmUntil, samples);
        if (earlier.isEmpty()) {
            earlier = until(promoted, samples);
        }
        int gridTimes = (int) since.stream().map(ReverseTest::origin).distinct().count();
        if (since.isEmpty() || earlier.isEmpty()) {
            return new NotWorse(gridTimes);
        }
        List<Sample> scale = earlier.subList(Math.max(0, earlier.size() - SCALE), earlier.size());
        Finding finding =
                judge.worse(serving, former, Dataset.of(view, scale), Dataset.of(view, since), Look.REPEATEDLY);
        return finding.passed() ? new NotWorse(gridTimes) : new Worse(gridTimes, finding.text());
    }

    private static List<Sample> until(Instant time, List<Sample> samples) {
        return samples.stream().filter(sample -> origin(sample).isBefore(time)).toList();
    }

    private static Instant origin(Sample sample) {
        return Objects.requireNonNull(sample.lookback().origin(), "landed samples have times");
    }
}
