package io.aerocast.trainer.track;

import io.aerocast.trainer.track.Outbox.Change;
import io.aerocast.trainer.track.Outbox.Message;
import io.aerocast.trainer.track.Outbox.Run;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps runs in the data directory and, where there is a tracking server, hands them to its outbox. It talks
/// to no server, so that none can delay it.
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

    /// Tracks a run that is through; its files are there. Once this returns it will be told, also after a crash;
    /// tracked again it is told once.
    ///
    /// @throws IOException if the disk does not take it
    public void track(TrackedRun run) throws IOException {
        local.log(run, local.files(run.key()));
        tell(new Run(run.key()));
    }

    /// Tracks that a model was put in the place of another.
    ///
    /// @throws IOException if the disk does not take it
    public void track(Served served) throws IOException {
        local.log(served);
        tell(new Change(served));
    }

    /// The run that made a version of a model.
    ///
    /// @throws IOException if the runs cannot be listed
    public Optional<TrackedRun> find(String pipeline, String model, String version) throws IOException {
        return local.find(pipeline, model, version);
    }

    /// The version that serves a kind of a pipeline as far as it is tracked.
    ///
    /// @throws IOException if the disk does not give it
    public Optional<String> champion(String pipeline, String kind) throws IOException {
        return Optional.ofNullable(local.aliases(pipeline).get(Aliases.champion(kind)));
    }

    private void tell(Message message) throws IOException {
        if (outbox != null) {
            outbox.add(message);
        }
    }
}
