package io.aerocast.trainer.run;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.run.Collector.Collected;
import io.aerocast.trainer.run.RunRecord.Data;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.training.check.TrainingDataCheck;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Evidence;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.judge.Verdict.Held;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers retrain signals, each by exactly one run:
///
/// ```
///  signal ─► started ─► waiting for data ─► per kind: fitting ─► judging ─► kept ─► published ─► finished
///               ▲                                │ exception
///               └── interrupted: same run again  └──────────► failed
/// ```
///
/// Every arrow to the right is in the run's record before the next step begins, so that a run that is taken up
/// again neither fits nor publishes a kind of model twice. A failed run is not tried again: the next signal is.
///
/// Safe for use by several threads; runs of different pipelines wait for data side by side and fit one by one.
public final class Runner {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final Pipelines pipelines;
    private final Collector collector;
    private final List<Fitter> fitters;
    private final Judge judge;
    private final Champions champions;
    private final ModelRelease release;
    private final RunRecords runs;
    private final RunTracker tracker;
    private final URI lake;
    private final LastRetrain lastRetrain;
    private final RunMetrics metrics;
    private final TrainingStatus status;
    private final ReentrantLock processor = new ReentrantLock(true);

    Runner(
            Pipelines pipelines,
            Collector collector,
            List<Fitter> fitters,
            Judge judge,
            Champions champions,
            ModelRelease release,
            RunRecords runs,
            RunTracker tracker,
            URI lake,
            LastRetrain lastRetrain,
            RunMetrics metrics,
            TrainingStatus status) {
        this.pipelines = pipelines;
        this.collector = collector;
        this.fitters = List.copyOf(fitters);
        this.judge = judge;
        this.champions = champions;
        this.release = release;
        this.runs = runs;
        this.tracker = tracker;
        this.lake = lake;
        this.lastRetrain = lastRetrain;
        this.metrics = metrics;
        this.status = status;
    }

    /// Answers a signal; returns when its run is over, now or earlier. A run that goes wrong is logged, counted
    /// and recorded as failed.
    ///
    /// @throws IOException if the record cannot be read or written: whether the signal is answered is then
    ///     unknown
    /// @throws InterruptedException if the thread is interrupted: the run will be taken up again
    public void answer(RetrainSignal signal) throws IOException, InterruptedException {
        Optional<RunRecord> earlier = runs.find(RunRecord.idOf(signal.id()));
        if (earlier.isPresent() && earlier.get().state() != RunRecord.State.STARTED) {
            log.atInfo().addKeyValue("signal", signal.id()).log("signal was answered before");
            return;
        }
        RunRecord run = earlier.map(RunRecord::resumed).orElseGet(() -> RunRecord.start(signal, now()));
        runs.save(run);
        log.atInfo()
                .addKeyValue("signal", signal.id())
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("reason", signal.reason().label())
                .addKeyValue("attempt", run.attempt())
                .addKeyValue("note", signal.note())
                .log("run started");
        status.waiting(signal, 0, 0);
        try {
            runs.save(execute(run).finished(now()));
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            if (interrupted(e)) {
                throw new InterruptedException("run %s was interrupted".formatted(run.id()));
            }
            fail(runs.find(run.id()).orElse(run), e);
        } finally {
            status.idle(signal);
        }
    }

    private RunRecord execute(RunRecord started) throws IOException, InterruptedException {
        RetrainSignal signal = started.signal();
        Pipeline pipeline = pipelines.require(signal.pipeline());
        RunRecord run = finishEarlier(started);
        if (fitters.stream().anyMatch(fitter -> started.model(fitter.kind()).isEmpty())) {
            Collected collected = collector.collect(signal, pipeline, started.startedAt());
            run = switch (collected.split()) {
                case Split.TooFew few -> hold(run, kind -> ModelRun.without(kind, "held", List.of(few.reason())));
                case Split.Parts parts -> train(run, pipeline, parts, collected);
            };
        }
        lastRetrain.write(run, now());
        return run;
    }

    /// What an interruption left to do of the kinds that have their verdict; tracked again they are told once.
    private RunRecord finishEarlier(RunRecord started) throws IOException, InterruptedException {
        RunRecord run = started;
        for (ModelRun model : started.models()) {
            boolean unpublished = model.awaitsPublication();
            run = publish(run, model);
            track(run, model.model());
            if (unpublished) {
                tell(run, model.model());
            }
        }
        return run;
    }

    private RunRecord hold(RunRecord started, Function<String, ModelRun> held) throws IOException {
        RunRecord run = started;
        for (Fitter fitter : fitters) {
            if (run.model(fitter.kind()).isEmpty()) {
                run = settle(run, held.apply(fitter.kind()));
                track(run, fitter.kind());
                tell(run, fitter.kind());
            }
        }
        return run;
    }

    private RunRecord train(RunRecord started, Pipeline pipeline, Split.Parts parts, Collected collected)
            throws IOException, InterruptedException {
        RunRecord run = started.with(Data.of(collected.sources(), parts, collected.took()));
        runs.save(run);
        metrics.suspect(pipeline.name(), parts.quality());
        Optional<Held> veto = judge.veto(parts.quality());
        if (veto.isPresent()) {
            double suspectShare = parts.quality().suspectShare();
            return hold(run, kind -> ModelRun.vetoed(kind, veto.get(), suspectShare));
        }
        Optional<String> refusal = TrainingDataCheck.refusal(parts.train());
        if (refusal.isPresent()) {
            return hold(run, kind -> ModelRun.without(kind, "held", List.of(refusal.get())));
        }
        for (String silent : TrainingDataCheck.silentFeatures(parts.train())) {
            log.atWarn()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", pipeline.name())
                    .addKeyValue("reason", silent)
                    .log("nothing is learnt of a feature");
        }
        processor.lockInterruptibly();
        try {
            for (Fitter fitter : fitters) {
                if (run.model(fitter.kind()).isEmpty()) {
                    run = settle(run, trial(run, pipeline, fitter, parts));
                    // At once: a proven model does not wait for the other kinds.
                    run = publish(run, run.model(fitter.kind()).orElseThrow());
                    track(run, fitter.kind());
                    tell(run, fitter.kind());
                }
            }
            return run;
        } finally {
            processor.unlock();
        }
    }

    /// Fits and judges one kind of model; what goes wrong with it does not keep the other kinds from theirs.
    private ModelRun trial(RunRecord run, Pipeline pipeline, Fitter fitter, Split.Parts parts)
            throws IOException, InterruptedException {
        RetrainSignal signal = run.signal();
        String kind = fitter.kind();
        try {
            Optional<ForecastModel> champion = champions.find(pipeline.name(), kind);
            status.fitting(signal, kind, 0, 0);
            Fitted fitted = Fitted.by(
                    fitter,
                    parts,
                    champion.orElse(null),
                    now(),
                    (epoch, epochs, _, _) -> status.fitting(signal, kind, epoch, epochs));
            status.judging(signal);
            long start = System.nanoTime();
            Verdict verdict =
                    judge.judge(fitted.model(), champion.orElse(null), Evidence.of(parts, look(signal.reason())));
            Duration judging = Duration.ofNanos(System.nanoTime() - start);
            byte[] artifact = ModelArtifact.write(fitted.model());
            String file = release.keep(artifact, fitted.model().card());
            show(run, fitted, artifact, verdict, parts, champion.orElse(null));
            return ModelRun.of(fitted, verdict, judging, file, ModelArtifact.sha256(artifact));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            if (interrupted(e)) {
                throw e;
            }
            log.atError()
                    .addKeyValue("signal", signal.id())
                    .addKeyValue("pipeline", pipeline.name())
                    .addKeyValue("model", kind)
                    .setCause(e)
                    .log("training failed");
            return ModelRun.without(kind, ModelRun.FAILED, List.of(e.toString()));
        }
    }

    /// Keeps what a person wants to see of a candidate. A fault in that must not keep a proven model from
    /// serving.
    private void show(
            RunRecord run,
            Fitted fitted,
            byte[] artifact,
            Verdict verdict,
            Split.Parts parts,
            @Nullable ForecastModel champion)
            throws IOException {
        String kind = fitted.model().card().model();
        try {
            Exhibits.write(tracker.files(Tracked.key(run.id(), kind)), fitted, artifact, verdict, parts, champion);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("signal", run.signal().id())
                    .addKeyValue("pipeline", run.signal().pipeline())
                    .addKeyValue("model", kind)
                    .setCause(e)
                    .log("plots and statistics of a run cannot be made");
        }
    }

    /// After a drift the amount of data is fixed beforehand; the other reasons come as often as somebody asks.
    private static Look look(RetrainReason reason) {
        return switch (reason) {
            case DRIFT -> Look.ONCE;
            case SCHEDULE, MANUAL -> Look.REPEATEDLY;
        };
    }

    private RunRecord settle(RunRecord run, ModelRun model) throws IOException {
        RunRecord settled = run.with(model);
        runs.save(settled);
        return settled;
    }

    private RunRecord publish(RunRecord run, ModelRun model) throws IOException, InterruptedException {
        String version = model.version();
        String file = model.artifact();
        String sha256 = model.sha256();
        if (!model.awaitsPublication() || version == null || file == null || sha256 == null) {
            return run;
        }
        RetrainSignal signal = run.signal();
        release.publish(new ModelPublished(
                signal.pipeline(),
                model.model(),
                version,
                now(),
                signal.reason(),
                signal.id(),
                signal.raisedAt(),
                model.metrics(),
                sha256,
                release.read(file)));
        return settle(run, model.asPublished());
    }

    private void fail(RunRecord run, Throwable cause) throws IOException {
        log.atError()
                .addKeyValue("signal", run.signal().id())
                .addKeyValue("pipeline", run.signal().pipeline())
                .setCause(cause)
                .log("run failed");
        RunRecord through = run;
        for (Fitter fitter : fitters) {
            if (run.model(fitter.kind()).isEmpty()) {
                // While the record is open: a run that is taken up again does not fit this kind once more.
                through = settle(through, ModelRun.without(fitter.kind(), ModelRun.FAILED, List.of(cause.toString())));
                tell(through, fitter.kind());
            }
        }
        for (ModelRun model : through.models()) {
            track(through, model.model());
        }
        runs.save(through.failed(now(), cause.toString()));
    }

    /// Before the record is closed, so that a run that is cut off here is tracked when it is taken up again.
    private void track(RunRecord run, String kind) throws IOException {
        Optional<Pipeline> pipeline = pipelines.find(run.signal().pipeline());
        if (pipeline.isPresent()) {
            tracker.track(Tracked.of(run, run.model(kind).orElseThrow(), pipeline.get(), lake, now()));
        }
    }

    private void tell(RunRecord run, String kind) {
        ModelRun model = run.model(kind).orElseThrow();
        metrics.count(run.signal(), model, now());
        status.judged(run.signal(), model, now());
        log.info(model.line(run.signal(), Duration.between(run.startedAt(), now())));
    }

    private static boolean interrupted(Throwable e) {
        return Thread.currentThread().isInterrupted()
                || e instanceof CancellationException
                || e instanceof InterruptException;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
