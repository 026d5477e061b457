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
import io.aerocast.trainer.record.RunInputs;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.run.Collector.Collected;
import io.aerocast.trainer.run.Collector.Waits;
import io.aerocast.training.DataAdmission;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.check.TrainingDataCheck;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes runs. A run trains each kind of model for each target of its pipeline, or for the one of its signal:
///
/// ```
///  signal ─► started ─► settled ─► collected ─► per model: decided ─► published ─► tracked ─► reported ─► finished
///               ▲      (the models │                │          └────────── Settlement ────────┘
///               │       that have  │ too few        ├─ admitted ─► recurring │ fitted ─► judged ─► kept (Candidates)
///               │       an outcome)▼                ├─ refused, vetoed
///               │                waits              └─ error: failed
///               └── interrupted, or more data: same run again
/// ```
///
/// Every state is in the run's record before the next step begins. A run that is taken up again settles the
/// outcomes that its record holds and decides the models that have none, so it neither fits, publishes nor tracks a
/// model twice. A failed or cancelled run is not repeated; the next signal starts another one. A run whose
/// pipeline is no longer configured fails, and publishes nothing.
///
/// Safe for use by several threads; runs of different pipelines fit one by one.
final class Runner {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final String UNKNOWN = "unknown";

    private final Pipelines pipelines;
    private final DataDirectory directory;
    private final RunRecords runs;
    private final SignalIndex index;
    private final Collector collector;
    private final TrainingSettings settings;
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
            SignalIndex index,
            Collector collector,
            TrainingSettings settings,
            Candidates candidates,
            Settlement settlement,
            RunMetrics metrics,
            TrainingStatus status,
            InstantSource clock) {
        this.pipelines = pipelines;
        this.directory = directory;
        this.runs = runs;
        this.index = index;
        this.collector = collector;
        this.settings = settings;
        this.fitters = settings.fitters();
        this.judge = settings.judge();
        this.candidates = candidates;
        this.settlement = settlement;
        this.metrics = metrics;
        this.status = status;
        this.clock = clock;
    }

    /// How far a run has come.
    enum Progress {
        /// Its signals are answered.
        ENDED,
        /// It waits for data; another run of the pipeline may go first.
        WAITS
    }

    /// How the outcome of a model is found.
    @FunctionalInterface
    private interface Decision {

        Outcome outcome(String kind) throws IOException, InterruptedException;
    }

    /// The record of the run that answers a signal, if one has begun.
    ///
    /// @throws IOException if it is there and cannot be read
    Optional<RunRecord> earlier(RetrainSignal signal) throws IOException {
        return index.find(signal);
    }

    /// The record of a run.
    ///
    /// @throws IOException if it is there and cannot be read
    Optional<RunRecord> record(String id) throws IOException {
        return runs.find(id);
    }

    /// Whether a run that waits may go on.
    boolean ready(OpenRun open) {
        Optional<Pipeline> pipeline = pipelines.find(open.signal().pipeline());
        return pipeline.isEmpty() || open.record().isEmpty() || collector.worthALook(open, pipeline.get());
    }

    /// Executes a run until it ends or waits for data. An error in a run is logged, counted and recorded.
    ///
    /// @throws IOException if the record cannot be read or written: whether the signal is answered is then
    ///     unknown
    /// @throws InterruptedException if the thread is interrupted: the run will be taken up again
    Progress proceed(OpenRun open) throws IOException, InterruptedException {
        begin(open);
        try {
            return execute(open);
        } catch (IOException | InterruptedException | RuntimeException | LinkageError | OutOfMemoryError e) {
            if (open.cancelled()) {
                Thread.interrupted(); // the interrupt of the cancellation
                close(open);
                return Progress.ENDED;
            }
            if (e instanceof InterruptedException || interrupted(e)) {
                throw new InterruptedException("run %s was interrupted".formatted(open.id()));
            }
            fail(open, e);
            return Progress.ENDED;
        }
    }

    /// Ends a run that is cancelled and not in execution.
    ///
    /// @throws IOException if its record cannot be written
    void close(OpenRun open) throws IOException {
        begin(open);
        RunRecord run = record(open);
        for (Outcome outcome : run.outcomes()) {
            if (outcome instanceof Proven proven) {
                run = runs.save(run.with(proven.unpublished(open.cancelNote())));
            }
        }
        save(open, run.withMerged(open.merged(), open.changedSince()).cancelled(clock.instant(), open.cancelNote()));
        metrics.cancelled(run.signal().pipeline());
        status.idle(run.id());
        log.atWarn()
                .addKeyValue("signal", run.signal().id())
                .addKeyValue("pipeline", run.signal().pipeline())
                .addKeyValue("run", run.id())
                .addKeyValue("note", open.cancelNote())
                .log("run cancelled");
    }

    private void begin(OpenRun open) throws IOException {
        if (open.record().isPresent()) {
            return;
        }
        RetrainSignal signal = open.signal();
        PipelineContract contract =
                pipelines.find(signal.pipeline()).map(PipelineContract::of).orElse(null);
        RunRecord run = runs.save(runs.find(open.id())
                .map(record -> record.resumed(contract))
                .orElseGet(() -> RunRecord.start(signal, contract, clock.instant())));
        open.record(run);
        status.begins(run);
        log.atInfo()
                .addKeyValue("signal", signal.id())
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("feature", signal.feature() == null ? "all" : signal.feature())
                .addKeyValue("reason", signal.reason().label())
                .addKeyValue("attempt", run.attempt())
                .addKeyValue("note", signal.note())
                .log("run started");
    }

    private Progress execute(OpenRun open) throws IOException, InterruptedException {
        open.requireWanted();
        Pipeline pipeline = pipelines.require(open.signal().pipeline());
        List<Pipeline> views = views(open.signal(), pipeline);
        settleAll(open);
        if (undecided(record(open), views)) {
            Optional<Collected> collected = collect(open, pipeline, views);
            if (collected.isEmpty()) {
                return Progress.WAITS;
            }
            decideAll(open, pipeline, views, collected.get());
        }
        finish(open);
        return Progress.ENDED;
    }

    /// The views of the features to train.
    private static List<Pipeline> views(RetrainSignal signal, Pipeline pipeline) {
        String feature = signal.feature();
        if (feature == null) {
            return pipeline.views();
        }
        if (!pipeline.targets().contains(feature)) {
            throw new IllegalArgumentException("Cannot train for '%s': it is no target of pipeline %s (targets: %s)"
                    .formatted(feature, pipeline.name(), pipeline.targets()));
        }
        return List.of(pipeline.view(feature));
    }

    private boolean undecided(RunRecord run, List<Pipeline> views) {
        return views.stream()
                .anyMatch(view -> fitters.stream()
                        .anyMatch(fitter -> run.outcome(run.label(view.target().name(), fitter.kind()))
                                .isEmpty()));
    }

    private void settleAll(OpenRun open) throws IOException, InterruptedException {
        for (Outcome outcome : record(open).outcomes()) {
            open.record(settlement.settle(record(open), record(open).label(outcome)));
        }
    }

    /// @return empty if the run waits for data
    private Optional<Collected> collect(OpenRun open, Pipeline pipeline, List<Pipeline> views) throws IOException {
        while (true) {
            Instant change = open.changedSince();
            switch (collector.look(open, pipeline, views, change, record(open).startedAt())) {
                case Waits(OpenRun.Wait wait) -> {
                    status.waiting(open.id(), wait);
                    return Optional.empty();
                }
                case Collected collected -> {
                    open.waiting().ifPresent(wait -> status.waiting(open.id(), wait));
                    if (open.freeze(change)) {
                        save(open, record(open).withMerged(open.merged(), change));
                        return Optional.of(collected);
                    }
                }
            }
        }
    }

    private void decideAll(OpenRun open, Pipeline pipeline, List<Pipeline> views, Collected collected)
            throws IOException, InterruptedException {
        keepInputs(open, pipeline, collected);
        for (Pipeline view : views) {
            String feature = view.target().name();
            Split split = Objects.requireNonNull(collected.splits().get(feature));
            keepData(open, feature, split, collected);
            switch (DataAdmission.of(split, judge)) {
                case DataAdmission.Refused(String reason) -> {
                    String why = reason
                            + collected
                                    .missing()
                                    .filter(text -> !text.isEmpty())
                                    .map("; "::concat)
                                    .orElse("");
                    decide(open, feature, kind -> new Unfitted(feature, kind, clock.instant(), why));
                }
                case DataAdmission.Vetoed(Split.Parts parts, var held) ->
                    decide(
                            open,
                            feature,
                            kind -> new Vetoed(
                                    feature,
                                    kind,
                                    clock.instant(),
                                    held.findings(),
                                    parts.quality().suspectShare()));
                case DataAdmission.Admitted(Split.Parts parts) -> fit(open, view, parts);
            }
        }
    }

    private void keepInputs(OpenRun open, Pipeline pipeline, Collected collected) throws IOException {
        if (collected.splits().values().stream().anyMatch(Split.Parts.class::isInstance)) {
            RunInputs inputs = RunInputs.of(pipeline, settings, collected.files(), directory.lake());
            open.record(runs.keep(record(open), inputs));
        }
    }

    private void keepData(OpenRun open, String feature, Split split, Collected collected) throws IOException {
        if (split instanceof Split.Parts parts) {
            metrics.suspect(open.signal().pipeline(), parts.quality());
            save(
                    open,
                    record(open)
                            .with(feature, Data.of(directory.lakeUri(), collected.sources(), parts, collected.took())));
        }
    }

    private void fit(OpenRun open, Pipeline view, Split.Parts parts) throws IOException, InterruptedException {
        for (String silent : TrainingDataCheck.silentFeatures(parts.train())) {
            log.atWarn()
                    .addKeyValue("signal", open.signal().id())
                    .addKeyValue("pipeline", open.signal().pipeline())
                    .addKeyValue("reason", silent)
                    .log("a feature carries no information");
        }
        Map<String, Fitter> byKind = fitters.stream().collect(Collectors.toMap(Fitter::kind, Function.identity()));
        decide(
                open,
                view.target().name(),
                kind -> candidate(open, view, Objects.requireNonNull(byKind.get(kind)), parts));
    }

    /// An error with one model leaves the others unaffected.
    private Outcome candidate(OpenRun open, Pipeline view, Fitter fitter, Split.Parts parts)
            throws IOException, InterruptedException {
        processor.lockInterruptibly();
        try {
            return candidates.candidate(record(open), view, fitter, parts);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            if (interrupted(e)) {
                throw e;
            }
            log.atError()
                    .addKeyValue("signal", open.signal().id())
                    .addKeyValue("pipeline", open.signal().pipeline())
                    .addKeyValue("feature", view.target().name())
                    .addKeyValue("model", fitter.kind())
                    .setCause(e)
                    .log("training failed");
            return new Failed(view.target().name(), fitter.kind(), clock.instant(), e.toString());
        } finally {
            processor.unlock();
        }
    }

    /// Each model is settled at once: a proven one does not wait for the others.
    private void decide(OpenRun open, String feature, Decision decision) throws IOException, InterruptedException {
        for (Fitter fitter : fitters) {
            String label = record(open).label(feature, fitter.kind());
            if (record(open).outcome(label).isEmpty()) {
                Outcome outcome = open.interruptible(() -> decision.outcome(fitter.kind()));
                save(open, record(open).with(outcome));
                open.record(settlement.settle(record(open), label));
            }
        }
    }

    private void finish(OpenRun open) throws IOException {
        Instant now = clock.instant();
        new LastRetrain(directory.lastRetrain()).write(record(open), now);
        save(open, record(open).finished(now));
        status.idle(open.id());
    }

    /// Every model is settled while the record is open, so that a resumed run does not fit it again.
    private void fail(OpenRun open, Throwable cause) throws IOException, InterruptedException {
        log.atError()
                .addKeyValue("signal", open.signal().id())
                .addKeyValue("pipeline", open.signal().pipeline())
                .setCause(cause)
                .log("run failed");
        // A step may have written more than it has returned.
        open.record(runs.find(open.id()).orElse(record(open)));
        for (Outcome outcome : outcomesAtFailure(open, cause.toString())) {
            String label = record(open).label(outcome);
            if (!record(open).outcome(label).equals(Optional.of(outcome))) {
                save(open, record(open).with(outcome));
            }
            open.record(settlement.settle(record(open), label));
        }
        RunRecord closed = record(open).withMerged(open.merged(), open.changedSince());
        save(open, closed.failed(clock.instant(), cause.toString()));
        status.idle(open.id());
    }

    private List<Outcome> outcomesAtFailure(OpenRun open, String cause) {
        RunRecord run = record(open);
        Stream<Outcome> given = run.outcomes().stream().map(outcome -> givenUp(outcome, cause));
        Stream<Outcome> missing = features(run).stream()
                .flatMap(feature -> fitters.stream()
                        .filter(fitter ->
                                run.outcome(run.label(feature, fitter.kind())).isEmpty())
                        .map(fitter -> new Failed(feature, fitter.kind(), clock.instant(), cause)));
        return Stream.concat(given, missing).toList();
    }

    /// The features of a run; a name that is no target is not repeated, whatever a stranger sends.
    private List<String> features(RunRecord run) {
        Optional<Pipeline> pipeline = pipelines.find(run.signal().pipeline());
        String wanted = run.signal().feature();
        if (pipeline.isEmpty()) {
            return featuresOfOutcomes(run);
        }
        List<String> targets = pipeline.get().targets();
        return wanted == null ? targets : List.of(targets.contains(wanted) ? wanted : UNKNOWN);
    }

    /// The pipeline is configured no more.
    private static List<String> featuresOfOutcomes(RunRecord run) {
        List<String> features =
                run.outcomes().stream().map(Outcome::feature).distinct().toList();
        return features.isEmpty() ? List.of(UNKNOWN) : features;
    }

    private static Outcome givenUp(Outcome outcome, String cause) {
        return switch (outcome) {
            case Proven proven -> proven.unpublished(cause);
            case WithoutCandidate _, Held _, Published _, Unpublished _ -> outcome;
        };
    }

    private static RunRecord record(OpenRun open) {
        return open.record().orElseThrow();
    }

    private void save(OpenRun open, RunRecord run) throws IOException {
        open.record(runs.save(run));
        index.add(run);
    }

    private static boolean interrupted(@Nullable Throwable e) {
        return Thread.currentThread().isInterrupted()
                || e instanceof CancellationException
                || e instanceof InterruptException;
    }
}
