package io.aerocast.trainer.track;

import io.aerocast.event.RetrainReason;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.score.Accuracy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A run in a list.
///
/// @param key identity, see [TrackedRun]
/// @param feature the feature that is forecast; empty for a run of an earlier version
/// @param registeredAs the name under which its models are registered, see [RunLog#aliases]
/// @param version the candidate's version, or `null` if there was none
/// @param verdict `promoted`, `held` or `failed`
/// @param rmse of the candidate on the hold-out at the first horizon, in the target's unit, or `null`
/// @param championRmse of the model that it was compared with, likewise
/// @param persistenceRmse of persistence, likewise
/// @param page where a person can open it, or `null`
public record RunSummary(
        String key,
        String pipeline,
        String feature,
        String registeredAs,
        String model,
        RetrainReason reason,
        Instant startedAt,
        Duration took,
        @Nullable String version,
        String verdict,
        @Nullable Double rmse,
        @Nullable Double championRmse,
        @Nullable Double persistenceRmse,
        @Nullable URI page) {

    static RunSummary of(RunRecord run, Outcome outcome) {
        Candidate candidate = outcome instanceof Judged judged ? judged.candidate() : null;
        Instant start = candidate == null ? run.startedAt() : candidate.startedAt();
        return new RunSummary(
                TrackedRun.key(run.id(), run.label(outcome)),
                run.signal().pipeline(),
                outcome.feature(),
                run.contract() == null
                        ? run.signal().pipeline()
                        : run.contract().registeredAs(run.signal().pipeline(), outcome.feature()),
                outcome.kind(),
                run.signal().reason(),
                start,
                Duration.between(start, outcome.endedAt()),
                candidate == null ? null : candidate.version(),
                outcome.result().label(),
                rmse(outcome, Scores::candidate),
                rmse(outcome, Scores::champion),
                rmse(outcome, Scores::persistence),
                null);
    }

    private static @Nullable Double rmse(Outcome outcome, Function<Scores, List<Accuracy>> forecaster) {
        return outcome.measured()
                .flatMap(scores -> forecaster.apply(scores).stream().findFirst())
                .map(Accuracy::rmse)
                .filter(Double::isFinite)
                .orElse(null);
    }
}
