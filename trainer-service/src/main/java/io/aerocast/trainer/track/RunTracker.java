package io.aerocast.trainer.track;

import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.track.Outbox.Change;
import io.aerocast.trainer.track.Outbox.Message;
import io.aerocast.trainer.track.Outbox.Run;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logs runs in the data directory and, where there is a tracking server, queues them in its outbox. It never talks
/// to the server, so the server cannot delay it.
public final class RunTracker {

    private final LocalRunLog local;
    private final @Nullable Outbox outbox;

    /// @param outbox `null` where there is no tracking server
    RunTracker(LocalRunLog local, @Nullable Outbox outbox) {
        this.local = local;
        this.outbox = outbox;
    }

    /// Where the files of a run belong, before it is tracked.
    public RunFiles files(String key) {
        return local.files(key);
    }

    /// Tracks the outcome of a model; its files are there, and its pipeline is known. Once this returns, it
    /// will be delivered, also after a crash. One that the record marks as tracked is left alone.
    ///
    /// @param run as it is on the disk
    /// @return the record with the mark, as it is on the disk now
    /// @throws IOException if it cannot be written
    public RunRecord track(RunRecord run, String label) throws IOException {
        if (run.tracked().contains(label)) {
            return run;
        }
        // The mark comes last: after a crash before it both steps are repeated, and both are idempotent.
        queue(new Run(TrackedRun.key(run.id(), label)));
        return local.track(run, label);
    }

    /// Tracks that another version of a model serves.
    ///
    /// @throws IOException if it cannot be written
    public void track(ModelChange change) throws IOException {
        local.log(change);
        queue(new Change(change));
    }

    /// The run that fitted a version of a model.
    ///
    /// @throws IOException if the runs cannot be listed
    public Optional<TrackedRun> find(ModelId model) throws IOException {
        return local.find(model);
    }

    /// The run that promoted a version of a model last.
    ///
    /// @throws IOException if the runs cannot be listed
    public Optional<TrackedRun> promotion(ModelId model) throws IOException {
        return local.promotion(model);
    }

    /// The version that serves as a kind of model as far as it is tracked.
    ///
    /// @param registeredAs see [RunLog#aliases]
    /// @throws IOException if the disk fails
    public Optional<String> champion(String registeredAs, String kind) throws IOException {
        return Optional.ofNullable(local.aliases(registeredAs).get(Aliases.champion(kind)));
    }

    private void queue(Message message) throws IOException {
        if (outbox != null) {
            outbox.add(message);
        }
    }
}
