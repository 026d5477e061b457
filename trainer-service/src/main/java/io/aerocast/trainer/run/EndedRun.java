package io.aerocast.trainer.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.event.RetrainReason;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Probation;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.training.score.ScoreName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A run that has ended, in the reply of `GET /trainings`.
///
/// @param state `finished`, `failed` or `cancelled`
/// @param signal id of the signal that it answered
/// @param station whose errors grew, absent where no station is meant
/// @param feature absent for a run of every target
/// @param note why it happened, for a person
/// @param failure why it failed or was cancelled, absent otherwise
/// @param outcomes one for each model that has one
@JsonInclude(JsonInclude.Include.NON_NULL)
record EndedRun(
        String run,
        String pipeline,
        RunRecord.State state,
        RetrainReason reason,
        String signal,
        @Nullable String station,
        @Nullable String feature,
        String note,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure,
        List<Judgement> outcomes) {

    /// What the gate decided about one model.
    ///
    /// @param verdict `promoted`, `held` or `failed`
    /// @param version of the candidate, absent where nothing was fitted
    /// @param champion version of the model that it was compared with, absent where there was none
    /// @param reasons in words
    /// @param metrics finite scores by name
    /// @param probation how it did after its promotion, absent before that is known
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Judgement(
            String feature,
            String model,
            String verdict,
            @Nullable String version,
            @Nullable String champion,
            Instant at,
            List<String> reasons,
            Map<String, Double> metrics,
            @Nullable Probation probation) {

        private static Judgement of(RunRecord run, Outcome outcome) {
            return new Judgement(
                    outcome.feature(),
                    outcome.kind(),
                    outcome.result().label(),
                    outcome instanceof Judged judged ? judged.candidate().version() : null,
                    outcome instanceof Judged judged ? judged.candidate().champion() : null,
                    outcome.endedAt(),
                    outcome.reasons(),
                    ScoreName.byLabel(outcome.values()).entrySet().stream()
                            .filter(score -> Double.isFinite(score.getValue()))
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new)),
                    run.probation().get(run.label(outcome)));
        }
    }

    static EndedRun of(RunRecord run) {
        return new EndedRun(
                run.id(),
                run.signal().pipeline(),
                run.state(),
                run.signal().reason(),
                run.signal().id(),
                run.signal().station(),
                run.signal().feature(),
                run.signal().note(),
                run.startedAt(),
                run.finishedAt(),
                run.failure(),
                run.outcomes().stream()
                        .map(outcome -> Judgement.of(run, outcome))
                        .toList());
    }

    /// Time by which runs are sorted.
    Instant time() {
        return finishedAt == null ? startedAt : finishedAt;
    }
}
