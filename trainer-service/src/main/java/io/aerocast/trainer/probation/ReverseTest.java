package io.aerocast.trainer.probation;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.judge.Evidence;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import io.aerocast.training.score.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Compares a promoted model with the one that it replaced, on data that have landed since: the test of the gate with
/// the roles swapped. The promoted model is worse if the earlier one is better than it beyond chance. The test is the
/// one that stays valid however often it is evaluated.
final class ReverseTest {

    private static final List<String> DECISIVE = List.of("champion", "significance");

    private final Judge judge;

    ReverseTest(Judge judge) {
        this.judge = judge;
    }

    /// The state of a probation.
    sealed interface Comparison {

        /// Grid times since the promotion.
        int gridTimes();
    }

    /// The promoted model is worse.
    ///
    /// @param reason the finding, in words
    record Worse(int gridTimes, String reason) implements Comparison {}

    /// The data do not show that the promoted model is worse.
    record NotWorse(int gridTimes) implements Comparison {}

    /// Compares on all data since the promotion.
    ///
    /// @param samples oldest origin first, also from before the promotion: these give the scale of the errors
    /// @param promoted the newest observation time that the gate has seen
    /// @param until origins from then on are left out
    Comparison compare(
            Pipeline view,
            List<Sample> samples,
            ForecastModel serving,
            ForecastModel before,
            Instant promoted,
            Instant until) {
        List<Sample> since = samples.stream()
                .filter(sample -> origin(sample).isAfter(promoted) && origin(sample).isBefore(until))
                .toList();
        List<Sample> earlier = samples.stream()
                .filter(sample -> !origin(sample).isAfter(promoted))
                .toList();
        int gridTimes = (int) since.stream().map(ReverseTest::origin).distinct().count();
        if (since.isEmpty() || earlier.isEmpty()) {
            return new NotWorse(gridTimes);
        }
        Dataset data = Dataset.of(view, since);
        Dataset scale = Dataset.of(view, earlier.subList(Math.max(0, earlier.size() - data.size()), earlier.size()));
        Evidence evidence = new Evidence(data, scale, null, data.quality(), Look.REPEATEDLY);
        return comparison(gridTimes, judge.judge(before, serving, evidence).findings());
    }

    private static Comparison comparison(int gridTimes, List<Finding> findings) {
        List<Finding> decisive = findings.stream()
                .filter(finding -> DECISIVE.contains(finding.check()))
                .toList();
        boolean worse =
                decisive.size() == DECISIVE.size() && decisive.stream().allMatch(Finding::passed);
        return worse
                ? new Worse(
                        gridTimes,
                        "the model before is better: " + String.join("; ", decisive.stream().map(Finding::text).toList()))
                : new NotWorse(gridTimes);
    }

    private static Instant origin(Sample sample) {
        return Objects.requireNonNull(sample.lookback().origin(), "landed samples have times");
    }
}
