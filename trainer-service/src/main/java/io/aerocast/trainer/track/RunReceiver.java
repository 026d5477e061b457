package io.aerocast.trainer.track;

import java.io.IOException;

/// Receives runs and rollbacks, and keeps them as a [RunLog] shows them.
public interface RunReceiver {

    /// Logs a run and moves the aliases as its verdict says. Logging it again changes nothing.
    ///
    /// @param files its files
    /// @throws RefusedException if it will never be taken
    /// @throws IOException if it may be taken later; a part may have been logged by then
    /// @throws InterruptedException if the thread is interrupted; the same holds as for an `IOException`
    void log(TrackedRun run, RunFiles files) throws IOException, InterruptedException;

    /// Moves the aliases after another version of a model serves. A version that is not known here leaves no
    /// champion rather than a wrong one.
    ///
    /// @throws RefusedException if it will never be taken
    /// @throws IOException if it may be taken later
    void log(ModelChange change) throws IOException, InterruptedException;
}
