package io.aerocast.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aerocast.event.RetrainSignal;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.score.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one run did, as it is kept in `runs/<id>.json`. A record that is `STARTED` belongs to a run that is under
/// way, or was interrupted and will be taken up again.
///
/// @param schema version of this form, 1
/// @param id identity of the run, derived from the signal's: a signal has one run, however often it is delivered
/// @param state how far it is
/// @param attempt how often it was begun, from 1
/// @param startedAt wall-clock time at which it was first begun
/// @param finishedAt wall-clock time of its end, or `null`
/// @param signal the wish that it answers
/// @param data what it learnt from, or `null` as long as that is not settled
/// @param models one entry per kind of model that is through
/// @param failure why it failed, or `null`
record RunRecord(
        int schema,
        String id,
        State state,
        int attempt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        RetrainSignal signal,
        @Nullable Data data,
        List<ModelRun> models,
        @Nullable String failure) {

    static final int SCHEMA = 1;
    private static final int READABLE_LENGTH = 80;

    /// How far a run is.
    enum State {
        @JsonProperty("started")
        STARTED,
        /// Every kind of model has its verdict.
        @JsonProperty("finished")
        FINISHED,
        /// Something went wrong, with all kinds or with one; it is not tried again.
        @JsonProperty("failed")
        FAILED
    }

    /// What a run learnt from and was judged on.
    ///
    /// @param sources the landed observations
    /// @param recent recent grid times with samples
    /// @param calm from before the change, for the judge alone, or `null`
    /// @param quality of the recent readings, or `null` in a record of an earlier version
    /// @param collectSeconds time until there was enough
    record Data(
            List<Source> sources,
            int recent,
            Part train,
            Part validation,
            Part holdOut,
            @Nullable Part calm,
            @Nullable Quality quality,
            double collectSeconds) {

        static Data of(List<Source> sources, Split.Parts parts, Duration collecting) {
            return new Data(
                    sources,
                    parts.recent(),
                    Part.of(parts.train()),
                    Part.of(parts.validation()),
                    Part.of(parts.holdOut()),
                    parts.calm() == null ? null : Part.of(parts.calm()),
                    parts.quality(),
                    seconds(collecting));
        }
    }

    /// @param samples number of samples, repeated ones counted as often as they were fitted
    record Part(Instant from, Instant to, int samples, String sha256) {

        static Part of(Dataset dataset) {
            return new Part(dataset.from(), dataset.to(), dataset.size(), dataset.sha256());
        }
    }

    /// What became of one kind of model.
    ///
    /// @param model the kind
    /// @param version the candidate's version, or `null` if there was none
    /// @param verdict `promoted`, `held` or `failed`
    /// @param reasons what speaks for a promoted one, or against one that is not, in words
    /// @param checks everything that the candidate had to show; empty in a record of an earlier version
    /// @param metrics scores on the hold-out, by name
    /// @param champion version of the model that it was measured against, or `null`
    /// @param startedAt wall-clock time at which its fit began, or `null` if there was none
    /// @param artifact file name below `models/`, or `null`
    /// @param sha256 checksum of the artifact, or `null`
    /// @param published whether the broker has acknowledged the promotion
    record ModelRun(
            String model,
            @Nullable String version,
            String verdict,
            List<String> reasons,
            List<Finding> checks,
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

        ModelRun {
            checks = checks == null ? List.of() : List.copyOf(checks);
        }

        static final String PROMOTED = "promoted";
        static final String FAILED = "failed";

        /// A kind without a candidate.
        static ModelRun without(String model, String verdict, List<String> reasons) {
            return without(model, verdict, reasons, List.of(), Map.of());
        }

        /// A kind whose data are too suspect for a candidate.
        static ModelRun vetoed(String model, Held held, double suspectShare) {
            return without(model, held.label(), held.reasons(), held.findings(), Map.of("suspect.share", suspectShare));
        }

        private static ModelRun without(
                String model, String verdict, List<String> reasons, List<Finding> checks, Map<String, Double> metrics) {
            return new ModelRun(
                    model, null, verdict, reasons, checks, metrics, null, Map.of(), List.of(), null, 0, 0, null, null,
                    false);
        }

        static ModelRun of(Fitted fitted, Verdict verdict, Duration judging, String artifact, String sha256) {
            var card = fitted.model().card();
            var scores = verdict.scores();
            return new ModelRun(
                    card.model(),
                    card.version(),
                    verdict.label(),
                    verdict.reasons(),
                    verdict.findings(),
                    scores == null ? Map.of() : scores.metrics(),
                    scores == null ? null : scores.championVersion(),
                    card.hyperparameters(),
                    fitted.epochs(),
                    fitted.startedAt(),
                    seconds(fitted.duration()),
                    seconds(judging),
                    artifact,
                    sha256,
                    false);
        }

        /// Whether there was a candidate.
        boolean fitted() {
            return version != null;
        }

        /// Time of fit and judgement.
        Duration took() {
            return Duration.ofMillis(Math.round(1000 * (fitSeconds + judgeSeconds)));
        }

        /// Whether it is proven and the broker has not acknowledged it yet.
        boolean awaitsPublication() {
            return verdict.equals(PROMOTED) && !published;
        }

        boolean failed() {
            return verdict.equals(FAILED);
        }

        /// The line that closes every run in the log.
        ///
        /// @param took since the run was first begun
        String line(RetrainSignal signal, Duration took) {
            return String.format(
                    Locale.ROOT,
                    "run finished: reason=%s pipeline=%s model=%s version=%s verdict=%s rmse=%s champion=%s persistence=%s"
                            + " seconds=%.1f",
                    signal.reason().label(),
                    signal.pipeline(),
                    model,
                    version == null ? "none" : version,
                    verdict,
                    rmse(""),
                    rmse("champion."),
                    rmse("persistence."),
                    seconds(took));
        }

        private String rmse(String prefix) {
            return rmseAtFirstHorizon(prefix)
                    .map(rmse -> String.format(Locale.ROOT, "%.4f", rmse))
                    .orElse("none");
        }

        /// Root mean square error on the hold-out at the first horizon, in the target's unit.
        ///
        /// @param prefix empty for the candidate, or `champion.` or `persistence.`
        Optional<Double> rmseAtFirstHorizon(String prefix) {
            return metrics.keySet().stream()
                    .filter(name -> name.startsWith(prefix + "rmse.h"))
                    .min(Comparator.comparingInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('h') + 1))))
                    .map(metrics::get);
        }

        ModelRun asPublished() {
            return new ModelRun(
                    model,
                    version,
                    verdict,
                    reasons,
                    checks,
                    metrics,
                    champion,
                    hyperparameters,
                    epochs,
                    startedAt,
                    fitSeconds,
                    judgeSeconds,
                    artifact,
                    sha256,
                    true);
        }
    }

    static RunRecord start(RetrainSignal signal, Instant now) {
        return new RunRecord(SCHEMA, idOf(signal.id()), State.STARTED, 1, now, null, signal, null, List.of(), null);
    }

    /// The same run, taken up again after an interruption.
    RunRecord resumed() {
        return new RunRecord(schema, id, state, attempt + 1, startedAt, null, signal, data, models, null);
    }

    RunRecord with(Data learntFrom) {
        return new RunRecord(schema, id, state, attempt, startedAt, null, signal, learntFrom, models, null);
    }

    /// With a kind's result in place of an earlier one.
    RunRecord with(ModelRun result) {
        List<ModelRun> all = new ArrayList<>(models);
        all.removeIf(model -> model.model().equals(result.model()));
        all.add(result);
        return new RunRecord(schema, id, state, attempt, startedAt, null, signal, data, all, null);
    }

    /// At its end: failed if a kind failed.
    RunRecord finished(Instant now) {
        State end = models.stream().anyMatch(ModelRun::failed) ? State.FAILED : State.FINISHED;
        return new RunRecord(schema, id, end, attempt, startedAt, now, signal, data, models, null);
    }

    RunRecord failed(Instant now, String reason) {
        return new RunRecord(schema, id, State.FAILED, attempt, startedAt, now, signal, data, models, reason);
    }

    Optional<ModelRun> model(String kind) {
        return models.stream().filter(model -> model.model().equals(kind)).findFirst();
    }

    /// The run that answers a signal: readable, and unlike that of any other signal.
    static String idOf(String signalId) {
        String readable = signalId.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.+", "");
        String hash = HexFormat.of().formatHex(sha256(signalId)).substring(0, 8);
        return readable.substring(0, Math.min(READABLE_LENGTH, readable.length())) + "-" + hash;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
