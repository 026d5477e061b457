package io.aerocast.trainer.record;

import io.aerocast.training.judge.Scores;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.Overall;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far one kind of model of one feature got in a run:
///
/// ```
///  data ─┬─► Unfitted  too few, or too calm
///        ├─► Vetoed    too suspect
///        └─► fit ─┬─► Failed
///                 └─► judgement ─┬─► Held
///                                └─► Proven ─┬─► Published    the broker has acknowledged it
///                                            └─► Unpublished  it cannot be published
/// ```
///
/// Every state but `Proven` is an end.
public sealed interface Outcome {

    /// Name of the feature that is forecast.
    String feature();

    /// The kind of model, one of [io.aerocast.forecast.ModelKinds#TRAINED].
    String kind();

    /// The result that people and metrics see.
    Result result();

    /// Wall-clock time of the judgement, or of the decision where there was none.
    Instant endedAt();

    /// The findings of every check that was made.
    List<Finding> findings();

    /// The findings whose check is known by name. The first records kept the reasons alone.
    default List<Finding> checks() {
        return findings().stream().filter(finding -> !finding.check().isEmpty()).toList();
    }

    /// The arguments for a promoted candidate, or against one that is not, in words.
    List<String> reasons();

    /// The scores that were measured, if any.
    Optional<Scores> measured();

    /// The numbers that were measured, by name.
    Map<ScoreName, Double> values();

    /// The result that people and metrics see.
    enum Result {
        /// The candidate is proven and serves.
        PROMOTED,
        /// There is no candidate, or one that does not serve.
        HELD,
        /// An error occurred.
        FAILED;

        /// The name in logs, metrics and replies: `promoted`, `held` or `failed`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Without a candidate: nothing was fitted, or the fit failed.
    sealed interface WithoutCandidate extends Outcome {

        @Override
        default Optional<Scores> measured() {
            return Optional.empty();
        }

        @Override
        default List<Finding> findings() {
            return List.of();
        }

        @Override
        default Map<ScoreName, Double> values() {
            return Map.of();
        }
    }

    /// The data are too few, or too calm, to fit a model to.
    ///
    /// @param reason in words
    record Unfitted(String feature, String kind, Instant endedAt, String reason) implements WithoutCandidate {

        @Override
        public Result result() {
            return Result.HELD;
        }

        @Override
        public List<String> reasons() {
            return List.of(reason);
        }
    }

    /// The data are too suspect to fit a model to.
    ///
    /// @param findings at least one, all failed
    /// @param suspectShare fraction of the recent readings that is suspect, 0 to 1
    record Vetoed(String feature, String kind, Instant endedAt, List<Finding> findings, double suspectShare)
            implements WithoutCandidate {

        public Vetoed {
            findings = List.copyOf(findings);
        }

        @Override
        public Result result() {
            return Result.HELD;
        }

        @Override
        public List<String> reasons() {
            return new Verdict.Held(null, findings).reasons();
        }

        @Override
        public Map<ScoreName, Double> values() {
            return Map.of(Overall.SUSPECT_SHARE, suspectShare);
        }
    }

    /// An error kept the run from a candidate.
    ///
    /// @param reason in words
    record Failed(String feature, String kind, Instant endedAt, String reason) implements WithoutCandidate {

        @Override
        public Result result() {
            return Result.FAILED;
        }

        @Override
        public List<String> reasons() {
            return List.of(reason);
        }
    }

    /// With a candidate.
    sealed interface Judged extends Outcome {

        Candidate candidate();

        /// What was measured, or `null` where the hold-out was too small to measure anything.
        @Nullable
        Scores scores();

        /// The judge's decision: a proven candidate that could not be published was promoted.
        Verdict verdict();

        @Override
        default List<String> reasons() {
            return verdict().reasons();
        }

        @Override
        default Instant endedAt() {
            return candidate().judgedAt();
        }

        @Override
        default Optional<Scores> measured() {
            return Optional.ofNullable(scores());
        }

        @Override
        default Map<ScoreName, Double> values() {
            return measured().map(Scores::values).orElse(Map.of());
        }
    }

    /// The candidate does not serve.
    ///
    /// @param findings at least one failed
    record Held(
            String feature,
            String kind,
            Candidate candidate,
            @Nullable Scores scores,
            List<Finding> findings) implements Judged {

        public Held {
            findings = List.copyOf(findings);
        }

        @Override
        public Result result() {
            return Result.HELD;
        }

        @Override
        public Verdict verdict() {
            return new Verdict.Held(scores, findings);
        }
    }

    /// With a candidate that passed every check.
    sealed interface Passed extends Judged {

        @Override
        Scores scores();

        @Override
        default Verdict verdict() {
            return new Verdict.Promoted(scores(), findings());
        }
    }

    /// The candidate is to serve; the broker has not acknowledged it yet.
    ///
    /// @param findings all passed
    record Proven(String feature, String kind, Candidate candidate, Scores scores, List<Finding> findings)
            implements Passed {

        public Proven {
            findings = List.copyOf(findings);
        }

        @Override
        public Result result() {
            return Result.PROMOTED;
        }

        /// Once the broker has acknowledged it.
        public Published published() {
            return new Published(feature, kind, candidate, scores, findings);
        }

        /// Once it is given up.
        public Unpublished unpublished(String reason) {
            return new Unpublished(feature, kind, candidate, scores, findings, reason);
        }
    }

    /// The candidate serves.
    ///
    /// @param findings all passed
    record Published(String feature, String kind, Candidate candidate, Scores scores, List<Finding> findings)
            implements Passed {

        public Published {
            findings = List.copyOf(findings);
        }

        @Override
        public Result result() {
            return Result.PROMOTED;
        }
    }

    /// The candidate is proven and does not serve: it could not be published.
    ///
    /// @param findings all passed
    /// @param reason in words
    record Unpublished(
            String feature, String kind, Candidate candidate, Scores scores, List<Finding> findings, String reason)
            implements Passed {

        public Unpublished {
            findings = List.copyOf(findings);
        }

        @Override
        public Result result() {
            return Result.FAILED;
        }

        @Override
        public List<String> reasons() {
            return List.of(reason);
        }
    }

    /// The outcome of a judgement.
    static Judged of(String feature, String kind, Candidate candidate, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Promoted promoted ->
                new Proven(feature, kind, candidate, promoted.scores(), promoted.findings());
            case Verdict.Held held -> new Held(feature, kind, candidate, held.scores(), held.findings());
        };
    }
}
