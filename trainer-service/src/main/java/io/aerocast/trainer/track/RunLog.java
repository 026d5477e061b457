package io.aerocast.trainer.track;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Keeps runs for people to find, compare and load, and for each pipeline and feature aliases of the versions
/// that matter:
///
/// | alias | version |
/// |---|---|
/// | `champion-<kind>` | the one that serves for that kind of model |
/// | `challenger-<kind>` | the newest one that was held, or taken back, since the champion was promoted |
/// | `champion`, `challenger` | the same of the first trained kind |
public interface RunLog {

    /// The newest runs, newest first.
    ///
    /// @param most largest number of runs
    List<RunSummary> newest(int most) throws IOException, InterruptedException;

    /// The versions behind the aliases, by alias; empty where nothing is registered.
    ///
    /// @param registeredAs the pipeline for its first feature, as in `noaa.windspeed` for another one; see
    ///     [io.aerocast.trainer.record.PipelineContract#registeredAs]
    Map<String, String> aliases(String registeredAs) throws IOException, InterruptedException;

    /// One file of a run.
    ///
    /// @param key the run's
    /// @param path below the artifacts of the run, as in `plots/forecast.svg`
    /// @throws IOException if there is none, naming it
    byte[] artifact(String key, String path) throws IOException, InterruptedException;
}
