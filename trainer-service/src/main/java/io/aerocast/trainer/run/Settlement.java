package io.aerocast.trainer.run;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Outcome.Unpublished;
import io.aerocast.trainer.record.Outcome.WithoutCandidate;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.training.score.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Completes the outcome of a model from its current state: publishes it if it is proven, tracks it and
/// reports it.
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private static final String CHAMPION = "champion";

    private final Pipelines pipelines;
    private final Champions champions;
    private final RunRecords runs;
    private final ModelRelease release;
    private final RunTracker tracker;
    private final RunMetrics metrics;
    private final TrainingStatus status;
    private final InstantSource clock;

    Settlement(
            Pipelines pipelines,
            Champions champions,
            RunRecords runs,
            ModelRelease release,
            RunTracker tracker,
            RunMetrics metrics,
            TrainingStatus status,
            InstantSource clock) {
        this.pipelines = pipelines;
        this.champions = champions;
        this.runs = runs;
        this.release = release;
        this.tracker = tracker;
        this.metrics = metrics;
        this.status = status;
        this.clock = clock;
    }

    /// Settles an outcome; one that is tracked was settled before.
    ///
    /// @param run as it is on the disk
    /// @return the run as it is on the disk now
    /// @throws IOException if it cannot be written
    /// @throws InterruptedException if the thread is interrupted while the broker is away
    RunRecord settle(RunRecord run, String label) throws IOException, InterruptedException {
        if (run.tracked().contains(label)) {
            return run;
        }
        RunRecord settled = track(publish(run, outcome(run, label)), label);
        report(settled, outcome(settled, label));
        return settled;
    }

    private RunRecord publish(RunRecord run, Outcome outcome) throws IOException, InterruptedException {
        return switch (outcome) {
            case Proven proven -> runs.save(run.with(publish(run.signal(), proven)));
            case WithoutCandidate _, Held _, Published _, Unpublished _ -> run;
        };
    }

    private Outcome publish(RetrainSignal signal, Proven proven) throws IOException, InterruptedException {
        Pipeline view = pipelines.require(signal.pipeline()).view(proven.feature());
        Lock lock = release.lock(view);
        lock.lockInterruptibly();
        try {
            Optional<String> other = champions
                    .find(view, proven.kind())
                    .map(model -> model.card().version())
                    .filter(version -> !isExpected(version, proven.candidate()));
            if (other.isPresent()) {
                return held(proven, other.get());
            }
            release.publish(event(signal, proven));
            return proven.published();
        } finally {
            lock.unlock();
        }
    }

    /// The candidate itself serves if the process was killed after its publication.
    private static boolean isExpected(String version, Candidate candidate) {
        return version.equals(candidate.champion()) || version.equals(candidate.version());
    }

    private static Held held(Proven proven, String serving) {
        String text = "compared with version %s, and version %s serves now"
                .formatted(proven.candidate().champion(), serving);
        List<Finding> findings = new ArrayList<>(proven.findings());
        findings.add(new Finding(CHAMPION, false, text));
        return new Held(proven.feature(), proven.kind(), proven.candidate(), proven.scores(), findings);
    }

    private ModelPublished event(RetrainSignal signal, Proven proven) throws IOException {
        return new ModelPublished(
                signal.pipeline(),
                proven.feature(),
                proven.kind(),
                proven.candidate().version(),
                clock.instant(),
                signal.reason(),
                signal.id(),
                signal.raisedAt(),
                proven.scores().metrics(),
                proven.candidate().sha256(),
                release.read(proven.candidate().artifact()));
    }

    /// A run of an unknown pipeline is not tracked.
    private RunRecord track(RunRecord run, String label) throws IOException {
        return run.contract() == null ? run : tracker.track(run, label);
    }

    private void report(RunRecord run, Outcome outcome) {
        Instant now = clock.instant();
        metrics.count(run.signal(), outcome, now);
        status.judged(run.signal(), outcome, now);
        log.info(ClosingLine.of(run.signal(), outcome, Duration.between(run.startedAt(), now)));
    }

    private static Outcome outcome(RunRecord run, String label) {
        return run.outcome(label).orElseThrow();
    }
}
