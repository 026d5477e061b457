package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.schedule.SecondTries;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.trainer.track.TrackedRun;
import io.aerocast.training.Trial;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds and judges candidates, and keeps their artifacts and files.
final class Candidates {

    private static final Logger log = LoggerFactory.getLogger(Candidates.class);

    private final Judge judge;
    private final Recurring recurring;
    private final Champions champions;
    private final ModelRelease release;
    private final RunTracker tracker;
    private final TrainingStatus status;
    private final InstantSource clock;

    Candidates(
            Judge judge,
            Recurring recurring,
            Champions champions,
            ModelRelease release,
            RunTracker tracker,
            TrainingStatus status,
            InstantSource clock) {
        this.judge = judge;
        this.recurring = recurring;
        this.champions = champions;
        this.release = release;
        this.tracker = tracker;
        this.status = status;
        this.clock = clock;
    }

    /// Finds a candidate for a model: an earlier champion that is proven again, or else a new fit, judged and kept.
    ///
    /// @param view of the feature
    /// @throws IOException if it cannot be written
    /// @throws InterruptedException if the thread is interrupted while the broker is away
    Judged candidate(RunRecord run, Pipeline view, Fitter fitter, Split.Parts parts)
            throws IOException, InterruptedException {
        String feature = view.target().name();
        ForecastModel champion = champions.find(view, fitter.kind()).orElse(null);
        status.fitting(run.id(), feature, fitter.kind(), 0, 0);
        if (champion != null && OpenRun.heals(run.signal().reason())) {
            Optional<Judged> earlier = recurring.candidate(run, view, fitter.kind(), champion, parts);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        return fitted(run, view, fitter, champion, parts);
    }

    private Judged fitted(
            RunRecord run, Pipeline view, Fitter fitter, @Nullable ForecastModel champion, Split.Parts parts)
            throws IOException {
        String feature = view.target().name();
        String kind = fitter.kind();
        Trial trial = Trial.of(
                judge,
                fitter,
                parts,
                champion,
                look(run.signal()),
                clock.instant(),
                status.progress(run.id(), feature, kind));
        byte[] artifact = ModelArtifact.write(trial.fitted().model());
        String label = run.label(feature, kind);
        String file = release.keep(
                artifact,
                run.signal().pipeline(),
                label,
                trial.fitted().model().card().version());
        exhibit(run, label, trial, artifact, parts);
        return Outcome.of(feature, kind, Candidate.of(trial, champion, artifact, file), trial.verdict());
    }

    /// After a drift candidates are tried a planned number of times; the other reasons may recur on the same data.
    static Look look(RetrainSignal signal) {
        return OpenRun.heals(signal.reason()) ? Look.attempt(SecondTries.number(signal)) : Look.REPEATEDLY;
    }

    /// Plots and statistics are optional: an error with them must not stop the promotion.
    private void exhibit(RunRecord run, String label, Trial trial, byte[] artifact, Split.Parts parts)
            throws IOException {
        try {
            Exhibits.write(tracker.files(TrackedRun.key(run.id(), label)), trial, artifact, parts);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", run.signal().pipeline())
                    .addKeyValue("model", label)
                    .setCause(e)
                    .log("plots and statistics of a run cannot be made");
        }
    }
}
