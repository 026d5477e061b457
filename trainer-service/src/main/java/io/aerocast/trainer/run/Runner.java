package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Failed;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Outcome.Unfitted;
import io.aerocast.trainer.record.Outcome.Unpublished;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.trainer.record.Outcome.WithoutCandidate;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecord.State;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.run.Collector.Collected;
import io.aerocast.training.DataAdmission;
import io.aerocast.training.check.TrainingDataCheck;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers retrain signals, each by exactly one run:
///
/// ```
///  signal ─► started ─► settled ─► collected ─► per kind: decided ─► published ─► tracked ─► reported ─► finished
///               ▲      (the kinds                  │                 └────────── Settlement ────────┘
///               │       that have an               ├─ admitted ─► fitted ─► judged ─► kept   (Candidates)
///               │       outcome)                   ├─ refused, vetoed
///               │                                  └─ error: failed
///               └── interrupted: same run again
/// ```
///
/// Every state is in the run's record before the next step begins. A run that is taken up again settles the
/// outcomes that its record holds and decides the kinds that have none, so it neither fits, publishes nor tracks a
/// kind twice. A failed run is not repeated; the next signal starts another one. A run whose pipeline is no longer
/// configured fails, and publishes nothing.
///
/// Safe for use by several threads; runs of different pipelines wait for data side by side and fit one by one.
public final class Runner {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final Pipelines pipelines;
    private final DataDirectory directory;
    private final RunRecords runs;
    private final Collector collector;
    private final List<Fitter> fitters;
    private final Judge judge;
    private final Candidates candidates;
    private final Settlement settlement;
    private final RunMetrics metrics;
    private final TrainingStatus status;
    private final InstantSource clock;
    private final ReentrantLock processor = new ReentrantLock(true);

    Runner(
            Pipelines pipelines,
            DataDirectory directory,
            RunRecords runs,
            Collector collector,
            List<Fitter> fitters,
            Judge judge,
            Candidates candidates,
            Settlement settlement,
            RunMetrics metrics,
            TrainingStatus status,
            InstantSource clock) {
        this.pipelines = pipelines;
        this.directory = directory;
        this.runs = runs;
        this.collector = collector;
        this.fitters = List.copyOf(fitters);
        this.judge = judge;
        this.candidates = candidates;
        this.settlement = settlement;
        this.metrics = metrics;
        this.status = status;
        this.clock = clock;
    }

    /// How the outcome of a kind of model is found.
    @FunctionalInterface
    private interface Decision {

        Outcome outcome(Fitter fitter) throws IOException, InterruptedException;
    }

    /// Answers a signal; returns when its run has ended, now or earlier. An error in a run is logged, counted and
    /// recorded.
    ///
    /// @throws IOException if the record cannot be read or written: whether the signal is answered is then
    ///     unknown
    /// @throws InterruptedException if the thread is interrupted: the run will be taken up again
    public void answer(RetrainSignal signal) throws IOException, InterruptedException {
        Optional<RunRecord> earlier = runs.find(RunRecord.idOf(signal.id()));
        if (earlier.isPresent() && earlier.get().state() != State.STARTED) {
            log.atInfo().addKeyValue("signal", signal.id()).log("signal was answered before");
            return;
        }
        RunRecord run = begin(signal, earlier);
        status.waiting(signal, 0, 0);
        try {
            Pipeline pipeline = pipelines.require(signal.pipeline());
            finish(decideAll(settleAll(run), pipeline));
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            if (interrupted(e)) {
                throw new InterruptedException("run %s was interrupted".formatted(run.id()));
            }
            fail(runs.find(run.id()).orElse(run), e);
        } finally {
            status.idle(signal);
        }
    }

    private RunRecord begin(RetrainSignal signal, Optional<RunRecord> earlier) throws IOException {
        PipelineContract contract =
                pipelines.find(signal.pipeline()).map(PipelineContract::of).orElse(null);
        RunRecord run = runs.save(earlier.map(record -> record.resumed(contract))
                .orElseGet(() -> RunRecord.start(signal, contract, clock.instant())));
        log.atInfo()
                .addKeyValue("signal", signal.id())
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("reason", signal.reason().label())
                .addKeyValue("attempt", run.attempt())
                .addKeyValue("note", signal.note())
                .log("run started");
        return run;
    }

    private RunRecord settleAll(RunRecord started) throws IOException, InterruptedException {
        RunRecord run = started;
        for (Outcome outcome : started.outcomes()) {
            run = settlement.settle(run, outcome.kind());
        }
        return run;
    }

    private RunRecord decideAll(RunRecord run, Pipeline pipeline) throws IOException, InterruptedException {
        if (fitters.stream().allMatch(fitter -> run.outcome(fitter.kind()).isPresent())) {
            return run;
        }
        Collected collected = collector.collect(run.signal(), pipeline, run.startedAt());
        RunRecord collecting = keep(collected, run);
        return switch (DataAdmission.of(collected.split(), judge)) {
            case DataAdmission.Refused(String reason) ->
                decide(collecting, fitter -> new Unfitted(fitter.kind(), clock.instant(), reason));
            case DataAdmission.Vetoed(Split.Parts parts, var held) -> {
                double suspect = parts.quality().suspectShare();
                yield decide(
                        collecting, fitter -> new Vetoed(fitter.kind(), clock.instant(), held.findings(), suspect));
            }
            case DataAdmission.Admitted(Split.Parts parts) -> fit(collecting, parts);
        };
    }

    private RunRecord keep(Collected collected, RunRecord run) throws IOException {
        return switch (collected.split()) {
            case Split.TooFew _ -> run;
            case Split.Parts parts -> {
                metrics.suspect(run.signal().pipeline(), parts.quality());
                yield runs.save(run.with(Data.of(directory.lakeUri(), collected.sources(), parts, collected.took())));
            }
        };
    }

    private RunRecord fit(RunRecord run, Split.Parts parts) throws IOException, InterruptedException {
        for (String silent : TrainingDataCheck.silentFeatures(parts.train())) {
            log.atWarn()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", run.signal().pipeline())
                    .addKeyValue("reason", silent)
                    .log("a feature carries no information");
        }
        processor.lockInterruptibly();
        try {
            return decide(run, fitter -> candidate(run, fitter, parts));
        } finally {
            processor.unlock();
        }
    }

    /// An error with one kind of model leaves the other kinds unaffected.
    private Outcome candidate(RunRecord run, Fitter fitter, Split.Parts parts)
            throws IOException, InterruptedException {
        try {
            return candidates.candidate(run, fitter, parts);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            if (interrupted(e)) {
                throw e;
            }
            log.atError()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", run.signal().pipeline())
                    .addKeyValue("model", fitter.kind())
                    .setCause(e)
                    .log("training failed");
            return new Failed(fitter.kind(), clock.instant(), e.toString());
        }
    }

    /// Each kind is settled at once: a proven model does not wait for the other kinds.
    private RunRecord decide(RunRecord started, Decision decision) throws IOException, InterruptedException {
        RunRecord run = started;
        for (Fitter fitter : fitters) {
            if (run.outcome(fitter.kind()).isEmpty()) {
                run = settlement.settle(runs.save(run.with(decision.outcome(fitter))), fitter.kind());
            }
        }
        return run;
    }

    private void finish(RunRecord run) throws IOException {
        Instant now = clock.instant();
        new LastRetrain(directory.lastRetrain()).write(run, now);
        runs.save(run.finished(now));
    }

    /// Every kind is settled while the record is open, so that a resumed run does not fit it again.
    private void fail(RunRecord run, Throwable cause) throws IOException, InterruptedException {
        log.atError()
                .addKeyValue("signal", run.signal().id())
                .addKeyValue("pipeline", run.signal().pipeline())
                .setCause(cause)
                .log("run failed");
        RunRecord failed = run;
        for (String kind : kinds(run)) {
            failed = settlement.settle(giveUp(failed, kind, cause.toString()), kind);
        }
        runs.save(failed.failed(clock.instant(), cause.toString()));
    }

    private RunRecord giveUp(RunRecord run, String kind, String cause) throws IOException {
        return switch (run.outcome(kind).orElse(null)) {
            case null -> runs.save(run.with(new Failed(kind, clock.instant(), cause)));
            case Proven proven -> runs.save(run.with(proven.unpublished(cause)));
            case WithoutCandidate _, Held _, Published _, Unpublished _ -> run;
        };
    }

    private List<String> kinds(RunRecord run) {
        return Stream.concat(
                        run.outcomes().stream().map(Outcome::kind),
                        fitters.stream().map(Fitter::kind))
                .distinct()
                .toList();
    }

    private static boolean interrupted(Throwable e) {
        return Thread.currentThread().isInterrupted()
                || e instanceof CancellationException
                || e instanceof InterruptException;
    }
}
