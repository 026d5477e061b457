package io.aerocast.trainer.record;

import static java.util.Objects.requireNonNull;

import io.aerocast.trainer.record.Outcome.Failed;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.Outcome.Unfitted;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.ScoreName.Overall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One kind of model in a record of schema 1.
///
/// @param model the kind
/// @param version the candidate's version, or `null` if there was none
/// @param verdict `promoted`, `held` or `failed`
/// @param checks the findings, or `null` before the gate recorded them
/// @param metrics scores by label
/// @param champion version of the model that it was compared with, or `null`
/// @param startedAt wall-clock time at which its fit began, or `null` if there was none, or before it was recorded
/// @param published whether the broker has acknowledged the promotion
record SchemaOneModel(
        String model,
        @Nullable String version,
        String verdict,
        List<String> reasons,
        @Nullable List<Finding> checks,
        Map<String, Double> metrics,
        @Nullable String champion,
        Map<String, String> hyperparameters,
        List<Epoch> epochs,
        @Nullable Instant startedAt,
        double fitSeconds,
        double judgeSeconds,
        @Nullable String artifact,
        @Nullable String sha256,
        boolean published) {

    private static final String UNNAMED = "";
    private static final String PROMOTED = "promoted";
    private static final String FAILED = "failed";
    private static final String GIVEN_UP = "the run failed before the broker acknowledged the model";

    /// The run of this model.
    ///
    /// @param feature the only target of its pipeline
    /// @param startedAt wall-clock time
    /// @param endedAt wall-clock time
    /// @param failure why the run failed, or `null`
    /// @param givenUp whether a proven model that the broker has not acknowledged will not be published any more
    record OfRun(
            String feature,
            Instant startedAt,
            Instant endedAt,
            @Nullable String failure,
            boolean givenUp) {}

    Outcome outcome(OfRun run) {
        return version == null
                ? withoutCandidate(run.feature(), run.endedAt())
                : withCandidate(candidate(version, run.startedAt()), run);
    }

    private Outcome withoutCandidate(String feature, Instant end) {
        Double suspectShare = metrics.get(Overall.SUSPECT_SHARE.label());
        if (verdict.equals(FAILED)) {
            return new Failed(feature, model, end, reason());
        }
        return suspectShare == null
                ? new Unfitted(feature, model, end, reason())
                : new Vetoed(feature, model, end, findings(), suspectShare);
    }

    private Outcome withCandidate(Candidate candidate, OfRun run) {
        if (!verdict.equals(PROMOTED)) {
            return new Held(
                    run.feature(),
                    model,
                    candidate,
                    metrics.isEmpty() ? null : new SchemaOneScores(this).scores(),
                    findings());
        }
        Proven proven = new Proven(run.feature(), model, candidate, new SchemaOneScores(this).scores(), findings());
        if (published) {
            return proven.published();
        }
        return run.givenUp() ? proven.unpublished(run.failure() == null ? GIVEN_UP : run.failure()) : proven;
    }

    private Candidate candidate(String ofVersion, Instant runStartedAt) {
        return new Candidate(
                ofVersion,
                champion,
                hyperparameters,
                epochs,
                startedAt == null ? runStartedAt : startedAt,
                fitSeconds,
                judgeSeconds,
                requireNonNull(artifact, "artifact"),
                requireNonNull(sha256, "sha256"),
                null);
    }

    private List<Finding> findings() {
        return checks == null || checks.isEmpty()
                ? reasons.stream()
                        .map(reason -> new Finding(UNNAMED, verdict.equals(PROMOTED), reason))
                        .toList()
                : checks;
    }

    private String reason() {
        return String.join("; ", reasons);
    }
}
