package io.aerocast.trainer.release;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.track.ModelChange;
import io.aerocast.trainer.track.ModelId;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.trainer.track.TrackedRun;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts an earlier model back into service, by publishing it again.
public final class Rollback {

    private static final Logger log = LoggerFactory.getLogger(Rollback.class);

    private final Pipelines pipelines;
    private final Champions champions;
    private final ModelRelease release;
    private final RunTracker tracker;
    private final ReentrantLock rolling = new ReentrantLock();

    Rollback(Pipelines pipelines, Champions champions, ModelRelease release, RunTracker tracker) {
        this.pipelines = pipelines;
        this.champions = champions;
        this.release = release;
        this.tracker = tracker;
    }

    /// The reply to a request.
    public sealed interface Reply {

        /// @param change the change that was made
        record Done(ModelChange change) implements Reply {}

        /// @param reason expected and found state, in words
        record Impossible(String reason) implements Reply {}
    }

    /// An earlier model and its origin.
    ///
    /// @param run the run that made it, or `null` for a shipped one
    private record Earlier(byte[] artifact, @Nullable TrackedRun run) {}

    /// A model that serves.
    ///
    /// @param view of its feature
    private record Serving(Pipeline view, String kind, String registeredAs) {

        private ModelId version(String version) {
            return new ModelId(view.name(), view.target().name(), kind, version);
        }

        private ModelChange change(String version, String before, String note) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return new ModelChange(view.name(), view.target().name(), kind, version, before, now, note, registeredAs);
        }

        private String file(PipelineContract contract, String version) {
            return ModelRelease.name(view.name(), contract.label(view.target().name(), kind), version);
        }
    }

    /// Rolls a model back. Waits for a broker that is down.
    ///
    /// @param feature a target of the pipeline, or `null` for the first one
    /// @param wanted the version to serve, or `null` for the one that the present one was compared with
    /// @param note the reason, for a person
    /// @throws IOException if the model cannot be read, or the change cannot be recorded
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public Reply roll(String pipeline, @Nullable String feature, String kind, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        if (!rolling.tryLock()) {
            return new Reply.Impossible("another rollback is under way");
        }
        try {
            return rollAlone(pipeline, feature, kind, wanted, note);
        } finally {
            rolling.unlock();
        }
    }

    /// Rolls a model back if it still serves.
    ///
    /// @param view of the feature
    /// @param serving the version that is to be replaced
    /// @param wanted the version to serve
    /// @param note the reason, for a person
    /// @throws IOException if the model cannot be read, or the change cannot be recorded
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public Reply roll(Pipeline view, String kind, String serving, String wanted, String note)
            throws IOException, InterruptedException {
        Lock lock = release.lock(view);
        lock.lockInterruptibly();
        try {
            String found = champions
                    .find(view, kind)
                    .map(model -> model.card().version())
                    .orElse("none");
            return found.equals(serving)
                    ? roll(view.name(), view.target().name(), kind, wanted, note)
                    : new Reply.Impossible(
                            "version %s was to be replaced, version %s serves".formatted(serving, found));
        } finally {
            lock.unlock();
        }
    }

    /// A version of a model that was kept, or is shipped.
    ///
    /// @param view of its feature
    /// @return empty if its artifact is gone or does not fit the pipeline any more
    /// @throws IOException if it cannot be read
    public Optional<ForecastModel> find(Pipeline view, String kind, String version) throws IOException {
        Pipeline pipeline = pipelines.require(view.name());
        PipelineContract contract = PipelineContract.of(pipeline);
        Serving serving = new Serving(
                view, kind, contract.registeredAs(pipeline.name(), view.target().name()));
        return earlier(serving, contract, version)
                .filter(found -> misfit(found.artifact(), view).isEmpty())
                .map(found -> ModelArtifact.read(found.artifact()));
    }

    private Reply rollAlone(
            String pipeline, @Nullable String feature, String kind, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        Optional<Pipeline> known = pipelines.find(pipeline);
        if (known.isEmpty()) {
            return new Reply.Impossible("no pipeline '%s' runs here".formatted(pipeline));
        }
        String target = feature == null ? known.get().target().name() : feature;
        if (!known.get().targets().contains(target)) {
            return new Reply.Impossible("pipeline %s forecasts %s, not '%s'"
                    .formatted(pipeline, known.get().targets(), target));
        }
        Pipeline view = known.get().view(target);
        PipelineContract contract = PipelineContract.of(known.get());
        Serving serving = new Serving(view, kind, contract.registeredAs(pipeline, target));
        Lock lock = release.lock(view);
        lock.lockInterruptibly();
        try {
            Optional<ForecastModel> model = champions.find(view, kind);
            return model.isEmpty()
                    ? new Reply.Impossible(
                            "no model of kind '%s' serves the %s of pipeline %s".formatted(kind, target, pipeline))
                    : replace(serving, contract, model.get().card().version(), wanted, note);
        } finally {
            lock.unlock();
        }
    }

    private Reply replace(
            Serving serving, PipelineContract contract, String before, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        String version = wanted == null
                ? tracker.promotion(serving.version(before))
                        .map(TrackedRun::champion)
                        .orElse(null)
                : wanted;
        if (version == null) {
            return new Reply.Impossible(
                    "it is not known what version %s replaced: name the version to serve".formatted(before));
        }
        return version.equals(before)
                ? servesAlready(serving, version, note)
                : change(serving, contract, serving.change(version, before, note));
    }

    private Reply change(Serving serving, PipelineContract contract, ModelChange change)
            throws IOException, InterruptedException {
        Optional<Earlier> earlier = earlier(serving, contract, change.version());
        if (earlier.isEmpty()) {
            return new Reply.Impossible("no artifact of %s %s %s version %s is kept here"
                    .formatted(change.pipeline(), change.feature(), change.model(), change.version()));
        }
        Optional<String> misfit = misfit(earlier.get().artifact(), serving.view());
        if (misfit.isPresent()) {
            return new Reply.Impossible(
                    "version %s cannot serve any more: %s".formatted(change.version(), misfit.get()));
        }
        release.publish(published(change, earlier.get()));
        tracker.track(change);
        log.atWarn()
                .addKeyValue("pipeline", change.pipeline())
                .addKeyValue("feature", change.feature())
                .addKeyValue("model", change.model())
                .addKeyValue("version", change.version())
                .addKeyValue("before", change.before())
                .addKeyValue("note", change.note())
                .log("model rolled back");
        return new Reply.Done(change);
    }

    /// Tracks a rollback that was interrupted after its publication.
    private Reply servesAlready(Serving serving, String version, String note) throws IOException {
        Optional<String> tracked = tracker.champion(serving.registeredAs(), serving.kind());
        if (tracked.isEmpty() || tracked.get().equals(version)) {
            return new Reply.Impossible("version %s serves already".formatted(version));
        }
        ModelChange change = serving.change(version, tracked.get(), note);
        tracker.track(change);
        return new Reply.Done(change);
    }

    private Optional<Earlier> earlier(Serving serving, PipelineContract contract, String version) throws IOException {
        try {
            byte[] kept = release.read(serving.file(contract, version));
            return Optional.of(
                    new Earlier(kept, tracker.find(serving.version(version)).orElse(null)));
        } catch (NoSuchFileException _) {
            return Champions.shippedArtifact(serving.view(), serving.kind())
                    .filter(artifact ->
                            ModelArtifact.read(artifact).card().version().equals(version))
                    .map(artifact -> new Earlier(artifact, null));
        }
    }

    private static Optional<String> misfit(byte[] artifact, Pipeline pipeline) {
        try {
            return ModelArtifact.read(artifact).card().misfit(pipeline);
        } catch (UnreadableModelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ModelPublished published(ModelChange change, Earlier earlier) {
        TrackedRun run = earlier.run();
        RetrainReason reason = run == null ? null : run.reason();
        return new ModelPublished(
                change.pipeline(),
                change.feature(),
                change.model(),
                change.version(),
                change.at(),
                reason,
                run == null ? null : run.signal(),
                null,
                Map.of(),
                ModelArtifact.sha256(earlier.artifact()),
                earlier.artifact());
    }
}
