package io.aerocast.trainer.schedule;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.schedule.LandedTimes.Span;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Another try in a drift episode: a candidate that was held on few data is fitted again once a fraction more
/// of them have landed, a bounded number of times. The episode's signal names the change; the id of the further
/// signals is derived from its id and the number of the try, so that each is raised once.
public final class SecondTries {

    /// The evidence that numbers a try, from 1.
    static final String TRY = "try";

    private final ScheduleProperties properties;

    SecondTries(ScheduleProperties properties) {
        this.properties = properties;
    }

    /// The signals that are due.
    ///
    /// @param runs all records of the pipeline
    /// @param landed observation times that have landed
    /// @param now wall-clock time
    List<RetrainSignal> due(Pipeline pipeline, List<RunRecord> runs, Span landed, Instant now) {
        return pipeline.targets().stream()
                .map(target -> latest(runs, target).flatMap(run -> due(pipeline, run, target, landed, now)))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The latest run that judged a candidate for a feature: one that followed has settled the episode.
    private static Optional<RunRecord> latest(List<RunRecord> runs, String feature) {
        return runs.stream()
                .filter(run -> run.outcomes().stream()
                        .anyMatch(outcome -> outcome.feature().equals(feature) && outcome instanceof Judged))
                .max(Comparator.comparing(RunRecord::startedAt));
    }

    private Optional<RetrainSignal> due(Pipeline pipeline, RunRecord run, String feature, Span landed, Instant now) {
        int tries = number(run.signal());
        // A kind that failed does not keep the others from another try.
        boolean held = run.closed()
                && run.state() != RunRecord.State.CANCELLED
                && run.outcomes().stream()
                        .anyMatch(outcome -> outcome.feature().equals(feature) && outcome instanceof Held);
        return run.data(feature)
                .filter(_ -> held && heals(run.signal().reason()) && tries < properties.tries())
                .filter(data -> !landed.to().isBefore(enough(pipeline, data)))
                .map(_ -> signal(run, feature, tries + 1, now));
    }

    private Instant enough(Pipeline pipeline, Data data) {
        long more = (long) Math.ceil(properties.moreData() * data.recent());
        return data.holdOut().to().plus(pipeline.cadence().multipliedBy(more));
    }

    private static RetrainSignal signal(RunRecord run, String feature, int number, Instant now) {
        RetrainSignal signal = run.signal();
        Map<String, Double> evidence = new TreeMap<>(signal.evidence());
        evidence.put(TRY, (double) number);
        return new RetrainSignal(
                "%s/%s/try-%d".formatted(episode(signal, feature), feature, number),
                signal.pipeline(),
                signal.reason(),
                now,
                signal.station(),
                feature,
                run.changedSince(),
                "try %d of the drift episode of %s, with more data".formatted(number, episode(signal, feature)),
                evidence);
    }

    /// The id of the signal that began the episode.
    private static String episode(RetrainSignal signal, String feature) {
        String suffix = "/%s/try-%d".formatted(feature, number(signal));
        return signal.id().endsWith(suffix)
                ? signal.id().substring(0, signal.id().length() - suffix.length())
                : signal.id();
    }

    /// The number of a signal's try, from 1.
    public static int number(RetrainSignal signal) {
        return (int) Math.max(1, Math.round(signal.evidence().getOrDefault(TRY, 1.0)));
    }

    private static boolean heals(RetrainReason reason) {
        return switch (reason) {
            case DRIFT, DEGRADED -> true;
            case SCHEDULE, MANUAL -> false;
        };
    }
}
