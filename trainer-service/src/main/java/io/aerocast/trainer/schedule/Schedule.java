package io.aerocast.trainer.schedule;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.schedule.LandedTimes.Span;
import io.aerocast.trainer.schedule.ScheduleProperties.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When a routine training of a pipeline is due: first once there are enough data, then each time the last
/// training is older than the period. The id of a signal is derived from the pipeline and the number of the
/// period since 1970, so that replicas and restarts raise the same signal, which is answered once.
final class Schedule {

    /// After it a routine run no longer keeps the next one from being raised.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ScheduleProperties properties;
    private final int minimumRecent;

    /// @param minimumRecent grid times with samples that a training needs
    Schedule(ScheduleProperties properties, int minimumRecent) {
        this.properties = properties;
        this.minimumRecent = minimumRecent;
    }

    /// The signal that is due.
    ///
    /// @param lastTrained time of the last training, see [#lastTrained]; `null` if there was none
    /// @param landed observation times that have landed
    /// @param now wall-clock time
    Optional<RetrainSignal> due(Pipeline pipeline, @Nullable Instant lastTrained, Span landed, Instant now) {
        return lastTrained == null
                ? first(pipeline, landed, now)
                : next(pipeline, lastTrained, properties.clock() == Clock.OBSERVATION ? landed.to() : now, now);
    }

    /// If gaps in the data keep the first training from a fit, the next one is tried with twice as many.
    private Optional<RetrainSignal> first(Pipeline pipeline, Span landed, Instant now) {
        long needed = minimumRecent + pipeline.lookback() + pipeline.horizons().getLast();
        long found = landed.gridTimes(pipeline);
        if (found < needed) {
            return Optional.empty();
        }
        int doublings = 63 - Long.numberOfLeadingZeros(found / needed);
        String note = "first training, with %d grid times".formatted(found);
        return Optional.of(signal(pipeline, "first-%d".formatted(doublings), note, now));
    }

    private Optional<RetrainSignal> next(Pipeline pipeline, Instant lastTrained, Instant time, Instant now) {
        Duration period = properties.periodOf(pipeline.name());
        if (time.isBefore(lastTrained.plus(period))) {
            return Optional.empty();
        }
        long number = Math.floorDiv(time.toEpochMilli(), period.toMillis());
        String note = "the last training is of %s, older than %s".formatted(lastTrained, period);
        return Optional.of(signal(pipeline, String.valueOf(number), note, now));
    }

    private static RetrainSignal signal(Pipeline pipeline, String occasion, String note, Instant now) {
        return new RetrainSignal(
                "schedule/%s/%s".formatted(pipeline.name(), occasion),
                pipeline.name(),
                RetrainReason.SCHEDULE,
                now,
                null,
                null,
                null,
                note,
                Map.of());
    }

    /// The time of the last training of a pipeline: of the target that was trained the longest ago, among those
    /// that were ever trained.
    ///
    /// @return on the clock of the schedule, or `null` if there was none
    @Nullable
    Instant lastTrained(Pipeline pipeline, List<RunRecord> runs) {
        return pipeline.targets().stream()
                .map(target -> runs.stream()
                        .filter(run -> run.signal().pipeline().equals(pipeline.name()))
                        .flatMap(run -> times(run, target))
                        .max(Instant::compareTo))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Stream<Instant> times(RunRecord run, String feature) {
        boolean trained =
                run.outcomes().stream().anyMatch(outcome -> outcome.feature().equals(feature) && fitted(outcome));
        if (!trained) {
            return Stream.empty();
        }
        return switch (properties.clock()) {
            case OBSERVATION -> run.data(feature).map(data -> data.holdOut().to()).stream();
            case WALL -> Stream.of(Objects.requireNonNullElse(run.finishedAt(), run.startedAt()));
        };
    }

    /// Whether a routine training of one of these runs goes on. A record that stays open may be one that could not be
    /// closed, and must not stop the schedule for ever. If its run does go on, the next signal joins it.
    static boolean isInProgress(List<RunRecord> runs, Instant now) {
        return runs.stream()
                .anyMatch(run -> run.state() == RunRecord.State.STARTED
                        && run.signal().reason() == RetrainReason.SCHEDULE
                        && now.isBefore(run.startedAt().plus(LONGEST)));
    }

    private static boolean fitted(Outcome outcome) {
        return outcome instanceof Judged judged && !judged.candidate().recurs();
    }
}
