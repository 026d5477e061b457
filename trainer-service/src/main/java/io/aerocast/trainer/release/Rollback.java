package io.aerocast.trainer.release;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.track.ModelChange;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.trainer.track.TrackedRun;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts an earlier model back into service, by publishing it again.
final class Rollback {

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
    sealed interface Reply {

        /// @param change the change that was made
        record Done(ModelChange change) implements Reply {}

        /// @param reason expected and found state, in words
        record Impossible(String reason) implements Reply {}
    }

    /// An earlier model and its origin.
    ///
    /// @param run the run that made it, or `null` for a shipped one
    private record Earlier(byte[] artifact, @Nullable TrackedRun run) {}

    /// Rolls a kind of model of a pipeline back. Waits for a broker that is down.
    ///
    /// @param wanted the version to serve, or `null` for the one that the present one was compared with
    /// @param note the reason, for a person
    /// @throws IOException if the model cannot be read, or the change cannot be recorded
    /// @throws InterruptedException if the thread is interrupted meanwhile
    Reply roll(String pipeline, String kind, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        if (!rolling.tryLock()) {
            return new Reply.Impossible("another rollback is under way");
        }
        try {
            return rollAlone(pipeline, kind, wanted, note);
        } finally {
            rolling.unlock();
        }
    }

    private Reply rollAlone(String pipeline, String kind, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        if (pipelines.find(pipeline).isEmpty()) {
            return new Reply.Impossible("no pipeline '%s' runs here".formatted(pipeline));
        }
        Optional<ForecastModel> serving = champions.find(pipeline, kind);
        return serving.isEmpty()
                ? new Reply.Impossible("no model of kind '%s' serves pipeline %s".formatted(kind, pipeline))
                : replace(pipeline, kind, serving.get().card().version(), wanted, note);
    }

    private Reply replace(String pipeline, String kind, String before, @Nullable String wanted, String note)
            throws IOException, InterruptedException {
        String version = wanted == null ? predecessor(pipeline, kind, before) : wanted;
        if (version == null) {
            return new Reply.Impossible(
                    "it is not known what version %s replaced: name the version to serve".formatted(before));
        }
        return version.equals(before)
                ? servesAlready(pipeline, kind, version, note)
                : change(new ModelChange(pipeline, kind, version, before, now(), note));
    }

    private Reply change(ModelChange change) throws IOException, InterruptedException {
        Optional<Earlier> earlier = earlier(change.pipeline(), change.model(), change.version());
        if (earlier.isEmpty()) {
            return new Reply.Impossible("no artifact of %s %s version %s is kept here"
                    .formatted(change.pipeline(), change.model(), change.version()));
        }
        Optional<String> misfit = misfit(earlier.get().artifact(), pipelines.require(change.pipeline()));
        if (misfit.isPresent()) {
            return new Reply.Impossible(
                    "version %s cannot serve any more: %s".formatted(change.version(), misfit.get()));
        }
        release.publish(published(change, earlier.get()));
        tracker.track(change);
        log.atWarn()
                .addKeyValue("pipeline", change.pipeline())
                .addKeyValue("model", change.model())
                .addKeyValue("version", change.version())
                .addKeyValue("before", change.before())
                .addKeyValue("note", change.note())
                .log("model rolled back");
        return new Reply.Done(change);
    }

    /// Tracks a rollback that was interrupted after its publication.
    private Reply servesAlready(String pipeline, String kind, String version, String note) throws IOException {
        Optional<String> tracked = tracker.champion(pipeline, kind);
        if (tracked.isEmpty() || tracked.get().equals(version)) {
            return new Reply.Impossible("version %s serves already".formatted(version));
        }
        ModelChange change = new ModelChange(pipeline, kind, version, tracked.get(), now(), note);
        tracker.track(change);
        return new Reply.Done(change);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private @Nullable String predecessor(String pipeline, String kind, String version) throws IOException {
        return tracker.find(pipeline, kind, version).map(TrackedRun::champion).orElse(null);
    }

    private Optional<Earlier> earlier(String pipeline, String kind, String version) throws IOException {
        try {
            byte[] kept = release.read(ModelRelease.name(pipeline, kind, version));
            return Optional.of(
                    new Earlier(kept, tracker.find(pipeline, kind, version).orElse(null)));
        } catch (NoSuchFileException _) {
            return ShippedModels.find(pipeline, kind)
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
