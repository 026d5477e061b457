package io.aerocast.trainer.lineage;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Environment;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Probation;
import io.aerocast.trainer.record.RunInputs;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.track.ModelId;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.ScoreName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Where a model comes from: everything that its fit depended on, why it happened, and what the gate decided.
///
/// @param id identifies the model
/// @param sha256 checksum of its artifact, hexadecimal
/// @param artifact file name of its artifact below `models/`
/// @param champion version of the model that served then, or `null`
/// @param hyperparameters as in the model's card, with the seed among the settings of the inputs
/// @param run the run that fitted it
/// @param trigger why the run happened
/// @param data what it was fitted to and judged on
/// @param inputs files, pipeline and settings, from which [Reproduction] fits it again; `null` in a record of
///     an earlier version
/// @param verdict what the gate decided
/// @param probation how it did after its promotion, or `null`
public record Lineage(
        ModelId id,
        String sha256,
        String artifact,
        @Nullable String champion,
        Map<String, String> hyperparameters,
        Run run,
        Trigger trigger,
        @Nullable Data data,
        @Nullable RunInputs inputs,
        Verdict verdict,
        @Nullable Probation probation) {

    /// The run that fitted a model.
    ///
    /// @param attempt the attempt that fitted it, from 1
    /// @param fittedAt wall-clock time at which the fit began, as in the model's card
    /// @param environment build, commit, Java and operating system of the fit
    public record Run(String id, int attempt, Instant fittedAt, Environment environment) {}

    /// Why a run happened.
    ///
    /// @param signal the signal with its evidence
    /// @param merged ids of further signals that the run answered
    /// @param changedSince observation time since which data count as recent, or `null` if all do
    public record Trigger(
            RetrainSignal signal,
            SortedSet<String> merged,
            @Nullable Instant changedSince) {}

    /// What the gate decided.
    ///
    /// @param result `promoted`, `held` or `failed`
    /// @param findings one per check
    /// @param metrics scores by label
    public record Verdict(String result, List<Finding> findings, Map<String, Double> metrics) {}

    /// The lineage of a judged candidate.
    ///
    /// @param run the run that fitted it
    /// @param inputs of the run, or `null`
    static Lineage of(RunRecord run, Judged outcome, @Nullable RunInputs inputs) {
        Candidate candidate = outcome.candidate();
        String label = run.label(outcome);
        RunRecord.Attempt attempt = run.reachedIn(label);
        return new Lineage(
                new ModelId(run.signal().pipeline(), outcome.feature(), outcome.kind(), candidate.version()),
                candidate.sha256(),
                candidate.artifact(),
                candidate.champion(),
                candidate.hyperparameters(),
                new Run(run.id(), attempt.number(), candidate.startedAt(), attempt.environment()),
                new Trigger(run.signal(), run.merged(), run.changedSince()),
                run.data(outcome.feature()).orElse(null),
                inputs,
                new Verdict(outcome.result().label(), outcome.findings(), ScoreName.byLabel(outcome.values())),
                run.probation().get(label));
    }
}
