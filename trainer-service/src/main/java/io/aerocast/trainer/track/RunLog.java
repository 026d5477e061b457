package io.aerocast.trainer.track;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Keeps runs for people to find, compare and load, and for each pipeline aliases of the versions that matter:
///
/// | alias | version |
/// |---|---|
/// | `champion-<kind>` | the one that serves for that kind of model |
/// | `challenger-<kind>` | the newest one that was held, or taken back, since the champion was promoted |
/// | `champion`, `challenger` | the same of the kind that serves where a request names none |
public interface RunLog {

    /// Logs a run and moves the aliases as its verdict says. Logging it again changes nothing.
    ///
    /// @param files its files
    /// @throws RefusedException if it will never be taken
    /// @throws IOException if it may be taken later; a part that was logged by then does no harm
    /// @throws InterruptedException if the thread is interrupted; the same holds as for an `IOException`
    void log(TrackedRun run, RunFiles files) throws IOException, InterruptedException;

    /// Moves the aliases after another version of a model serves. A version that is not known here leaves no
    /// champion rather than a wrong one.
    ///
    /// @throws RefusedException if it will never be taken
    /// @throws IOException if it may be taken later
    void log(ModelChange change) throws IOException, InterruptedException;

    /// The newest runs, newest first.
    ///
    /// @param most largest number of runs
    List<RunSummary> newest(int most) throws IOException, InterruptedException;

    /// The versions behind the aliases of a pipeline, by alias; empty for a pipeline that is not known.
    Map<String, String> aliases(String pipeline) throws IOException, InterruptedException;

    /// One file of a run.
    ///
    /// @param key the run's
    /// @param path below the artifacts of the run, as in `plots/forecast.svg`
    /// @throws IOException if there is none, naming it
    byte[] artifact(String key, String path) throws IOException, InterruptedException;
}
