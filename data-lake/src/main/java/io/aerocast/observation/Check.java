package io.aerocast.observation;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;

/// Result of checking an observation.
public sealed interface Check {

    /// The observation is valid.
    ///
    /// @param pipeline the pipeline that it belongs to
    record Accepted(Observation observation, Pipeline pipeline) implements Check {}

    /// The observation is not valid.
    ///
    /// @param reason what was expected and what was found
    record Rejected(String reason) implements Check {}
}
