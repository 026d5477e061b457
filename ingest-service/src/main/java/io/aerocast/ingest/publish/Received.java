package io.aerocast.ingest.publish;

import io.aerocast.event.Observation;

/// What a source received.
public sealed interface Received {

    /// Where it came from, such as `replay KJFK-2013.csv.gz:17`.
    String origin();

    /// As it was received.
    byte[] payload();

    /// It could be read; whether it may be believed is still to be checked.
    record Measured(Observation observation, String origin, byte[] payload) implements Received {}

    /// It could not be read.
    ///
    /// @param pipeline the pipeline that it was meant for
    /// @param reason what was expected and what was found
    record Malformed(String pipeline, String reason, String origin, byte[] payload) implements Received {}
}
