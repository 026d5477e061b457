package io.aerocast.trainer.record;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.training.Trial;
import io.aerocast.training.fit.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A model that a run has judged, and whose artifact is kept. The run has fitted it, or it is an earlier
/// champion that fits the weather again.
///
/// @param version the model's version
/// @param champion version of the model that served then, or `null` if there was none
/// @param hyperparameters as in the model's card
/// @param epochs every pass over the training data
/// @param startedAt wall-clock time at which the fit began
/// @param fitSeconds time of the fit
/// @param judgeSeconds time of the judgement
/// @param artifact file name below `models/`
/// @param sha256 checksum of the artifact, hexadecimal
/// @param fittedIn id of the earlier run that fitted it, or `null` if this one did
public record Candidate(
        String version,
        @Nullable String champion,
        Map<String, String> hyperparameters,
        List<Epoch> epochs,
        Instant startedAt,
        double fitSeconds,
        double judgeSeconds,
        String artifact,
        String sha256,
        @Nullable String fittedIn) {

    public Candidate {
        hyperparameters = new TreeMap<>(hyperparameters);
        epochs = List.copyOf(epochs);
    }

    /// The candidate of a trial.
    ///
    /// @param artifact the model's portable form
    /// @param file its name below `models/`
    public static Candidate of(Trial trial, @Nullable ForecastModel champion, byte[] artifact, String file) {
        var card = trial.fitted().model().card();
        return new Candidate(
                card.version(),
                champion == null ? null : champion.card().version(),
                card.hyperparameters(),
                trial.fitted().epochs(),
                trial.fitted().startedAt(),
                RunRecord.seconds(trial.fitted().duration()),
                RunRecord.seconds(trial.judging()),
                file,
                ModelArtifact.sha256(artifact),
                null);
    }

    /// An earlier champion that is judged again.
    ///
    /// @param earlier the candidate of the run that fitted it
    /// @param run id of that run
    /// @param champion the model that serves now
    /// @param now wall-clock time at which the judgement began
    public static Candidate recurring(
            Candidate earlier, String run, ForecastModel champion, Instant now, Duration judging) {
        return new Candidate(
                earlier.version,
                champion.card().version(),
                earlier.hyperparameters,
                List.of(),
                now,
                0,
                RunRecord.seconds(judging),
                earlier.artifact,
                earlier.sha256,
                run);
    }

    /// Whether it is an earlier champion, judged again without a fit.
    public boolean recurs() {
        return fittedIn != null;
    }

    /// Time of fit and judgement.
    public Duration took() {
        return Duration.ofMillis(Math.round(1000 * (fitSeconds + judgeSeconds)));
    }

    /// Wall-clock time at which it was judged.
    public Instant judgedAt() {
        return startedAt.plus(took());
    }
}
