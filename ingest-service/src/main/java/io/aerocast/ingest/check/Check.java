package io.aerocast.ingest.check;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;

/// What became of an observation's check.
public sealed interface Check {

    /// It may be believed.
    ///
    /// @param pipeline the pipeline that it belongs to
    record Accepted(Observation observation, Pipeline pipeline) implements Check {}

    /// It may not.
    ///
    /// @param reason what was expected and what was found
    record Rejected(String reason) implements Check {}
}
