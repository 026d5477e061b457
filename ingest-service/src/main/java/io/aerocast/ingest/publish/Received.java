package io.aerocast.ingest.publish;

import io.aerocast.event.Observation;

/// An entry of a source.
public sealed interface Received {

    /// Where the entry comes from, for example `replay KJFK-2013.csv.gz:17`.
    String origin();

    /// The entry as received.
    byte[] payload();

    /// A readable entry; the observation has yet to be checked.
    record Measured(Observation observation, String origin, byte[] payload) implements Received {}

    /// An unreadable entry.
    ///
    /// @param pipeline the pipeline that the source feeds
    /// @param reason the expected and the actual content
    record Malformed(String pipeline, String reason, String origin, byte[] payload) implements Received {}
}
