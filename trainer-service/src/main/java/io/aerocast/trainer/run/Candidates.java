package io.aerocast.trainer.run;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.trainer.track.TrackedRun;
import io.aerocast.training.Trial;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fits and judges candidates, and keeps their artifacts and files.
final class Candidates {

    private static final Logger log = LoggerFactory.getLogger(Candidates.class);

    private final Judge judge;
    private final Champions champions;
    private final ModelRelease release;
    private final RunTracker tracker;
    private final TrainingStatus status;
    private final InstantSource clock;

    Candidates(
            Judge judge,
            Champions champions,
            ModelRelease release,
            RunTracker tracker,
            TrainingStatus status,
            InstantSource clock) {
        this.judge = judge;
        this.champions = champions;
        this.release = release;
        this.tracker = tracker;
        this.status = status;
        this.clock = clock;
    }

    /// Fits, judges and keeps a candidate of one kind of model.
    ///
    /// @throws IOException if it cannot be written
    /// @throws InterruptedException if the thread is interrupted while the broker is away
    Judged candidate(RunRecord run, Fitter fitter, Split.Parts parts) throws IOException, InterruptedException {
        RetrainSignal signal = run.signal();
        String kind = fitter.kind();
        ForecastModel champion = champions.find(signal.pipeline(), kind).orElse(null);
        status.fitting(signal, kind, 0, 0);
        Trial trial = Trial.of(
                judge, fitter, parts, champion, look(signal.reason()), clock.instant(), status.progress(signal, kind));
        byte[] artifact = ModelArtifact.write(trial.fitted().model());
        String file = release.keep(artifact, trial.fitted().model().card());
        exhibit(run, trial, artifact, parts);
        return Outcome.of(kind, Candidate.of(trial, champion, artifact, file), trial.verdict());
    }

    /// After a drift the amount of data is fixed beforehand; the other reasons may recur on the same data.
    private static Look look(RetrainReason reason) {
        return switch (reason) {
            case DRIFT -> Look.ONCE;
            case SCHEDULE, MANUAL -> Look.REPEATEDLY;
        };
    }

    /// Plots and statistics are optional: an error with them must not stop the promotion.
    private void exhibit(RunRecord run, Trial trial, byte[] artifact, Split.Parts parts) throws IOException {
        String kind = trial.fitted().model().card().model();
        try {
            Exhibits.write(tracker.files(TrackedRun.key(run.id(), kind)), trial, artifact, parts);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", run.signal().pipeline())
                    .addKeyValue("model", kind)
                    .setCause(e)
                    .log("plots and statistics of a run cannot be made");
        }
    }
}
