package io.aerocast.standalone.healing;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.standalone.healing.PipelineRecord.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// How far one pipeline has come from calm weather through a heatwave back to good forecasts.
///
/// All errors are those of the served forecasts, that is of the blend. The *old* blend made the last forecast that
/// was evaluated before the heatwave's first observation. The *new* one is the newest that has a model that answers
/// the drift's retrain signal, once enough of its forecasts have been evaluated: the models of one training take
/// over one after another.
///
/// @param oldVersion the version that served when the heatwave began
/// @param newVersion the version that took over
/// @param calm the old blend's errors before the heatwave
/// @param drifted the old blend's errors from the heatwave's first observation on, while it served
/// @param healed the new blend's errors
/// @param oldModelRmse the error that the old models would have had on the observations of `healed`, see
///     [Hindsight]
/// @param observationsToDetection number of observations from the heatwave's first one to the one on which the
///     drift was detected, both included
/// @param signalToServing from the retrain signal to the new blend's first forecast, by the broker's clock
/// @param missing the first condition that is not met, as one sentence; empty if healed
public record Healing(
        Optional<String> oldVersion,
        Optional<String> newVersion,
        ErrorSpan calm,
        ErrorSpan drifted,
        ErrorSpan healed,
        OptionalDouble oldModelRmse,
        Optional<Long> observationsToDetection,
        Optional<Duration> signalToServing,
        Optional<String> missing) {

    /// Smallest number of forecasts behind the calm error and behind the new blend's error.
    public static final int ENOUGH = 60;

    /// Computes it from the events of a run so far.
    ///
    /// @param heatwave grid time of the heatwave's first observation, once it has arrived
    /// @param hindsight the errors that the old models would have made
    public static Healing of(PipelineRecord seen, Optional<Instant> heatwave, Hindsight hindsight) {
        Instant start = heatwave.orElse(Instant.MAX);
        Succession models = Succession.of(seen, heatwave);
        List<ScoredForecast> before = models.oldVersion().map(seen::scoredOf).orElse(List.of());
        List<ScoredForecast> after = models.newVersion().map(seen::scoredOf).orElse(List.of());
        ErrorSpan calm = ErrorSpan.of(
                before.stream().filter(f -> f.target().isBefore(start)).toList());
        ErrorSpan drifted = ErrorSpan.of(
                before.stream().filter(f -> !f.target().isBefore(start)).toList());
        ErrorSpan healed = ErrorSpan.of(after);
        OptionalDouble oldModelRmse =
                models.oldVersion().map(old -> hindsight.rmse(old, seen, after)).orElse(OptionalDouble.empty());
        return new Healing(
                models.oldVersion(),
                models.newVersion(),
                calm,
                drifted,
                healed,
                oldModelRmse,
                models.drift().map(d -> 1 + steps(seen, start, d.at())),
                models.signalToServing(seen),
                firstOf(
                        absent(heatwave, "the heatwave has not come yet"),
                        absent(models.oldVersion(), "no forecast was evaluated before the heatwave"),
                        () -> tooFew(calm),
                        models::missing,
                        () -> shortfall(calm, healed, oldModelRmse)));
    }

    /// The steps from the old model to the new one. Each is empty where the one before it is.
    ///
    /// @param oldVersion the version that served when the heatwave began
    /// @param drift the first drift that was detected in the heatwave
    /// @param signal the retrain signal that this drift raised
    /// @param newVersion the version that answers the signal
    private record Succession(
            Optional<String> oldVersion,
            Optional<DriftChanged> drift,
            Optional<Received<RetrainSignal>> signal,
            Optional<String> newVersion) {

        static Succession of(PipelineRecord seen, Optional<Instant> heatwave) {
            Instant start = heatwave.orElse(Instant.MAX);
            Optional<DriftChanged> drift = seen.driftChanges().stream()
                    .filter(seen::isFollowed)
                    .filter(change ->
                            change.to() == DriftState.DRIFT && !change.at().isBefore(start))
                    .findFirst();
            Optional<Received<RetrainSignal>> signal = drift.flatMap(d -> signalOf(seen, d));
            return new Succession(
                    heatwave.flatMap(_ -> servedBefore(seen, start)),
                    drift,
                    signal,
                    signal.flatMap(s -> successor(seen, s.event())));
        }

        Optional<Duration> signalToServing(PipelineRecord seen) {
            return newVersion
                    .map(seen.firstForecasts()::get)
                    .map(first -> Duration.between(signal.orElseThrow().at(), first.at()));
        }

        Optional<String> missing() {
            return firstOf(
                    absent(drift, "no drift was detected"),
                    absent(signal, "the drift raised no retrain signal"),
                    absent(newVersion, "no new model has made %d evaluated forecasts yet".formatted(ENOUGH)));
        }
    }

    private static Optional<String> servedBefore(PipelineRecord seen, Instant start) {
        return seen.scored().stream()
                .filter(f -> f.target().isBefore(start))
                .reduce((_, last) -> last)
                .map(ScoredForecast::version);
    }

    private static Optional<Received<RetrainSignal>> signalOf(PipelineRecord seen, DriftChanged drift) {
        return seen.signals().stream()
                .filter(s -> s.event().reason() == RetrainReason.DRIFT)
                .filter(s -> Objects.equals(s.event().station(), drift.station())
                        && Objects.equals(s.event().changedSince(), drift.changedSince()))
                .findFirst();
    }

    /// The newest version that answers a signal, of those with enough evaluated forecasts.
    private static Optional<String> successor(PipelineRecord seen, RetrainSignal signal) {
        return seen.firstForecasts().keySet().stream()
                .filter(version -> seen.answers(version, signal.id()))
                .filter(version -> seen.scoredOf(version).size() >= ENOUGH)
                .reduce((_, newest) -> newest);
    }

    @SafeVarargs
    private static Optional<String> firstOf(Supplier<Optional<String>>... reasons) {
        return Arrays.stream(reasons)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Supplier<Optional<String>> absent(Optional<?> needed, String reason) {
        return () -> needed.isPresent() ? Optional.empty() : Optional.of(reason);
    }

    private static Optional<String> tooFew(ErrorSpan calm) {
        return calm.count() >= ENOUGH
                ? Optional.empty()
                : Optional.of("%d forecasts of the model that served were evaluated before the heatwave, %d are needed"
                        .formatted(calm.count(), ENOUGH));
    }

    private static Optional<String> shortfall(ErrorSpan calm, ErrorSpan healed, OptionalDouble oldModelRmse) {
        double now = healed.rmse().orElse(Double.NaN);
        if (!healed.backTo(calm)) {
            return Optional.of("the new model's error %.3f is not below 1.5 times the calm error %.3f"
                    .formatted(now, calm.rmse().orElse(Double.NaN)));
        }
        if (!(now < oldModelRmse.orElse(Double.NaN))) {
            return Optional.of("the new model's error %.3f is not below the old model's %.3f on the same observations"
                    .formatted(now, oldModelRmse.orElse(Double.NaN)));
        }
        return Optional.empty();
    }

    private static long steps(PipelineRecord seen, Instant from, Instant to) {
        return Duration.between(from, seen.pipeline().slot(to))
                .dividedBy(seen.pipeline().cadence());
    }
}
