package io.aerocast.ingest.source;

import java.time.Duration;

/// A source of observations.
public sealed interface Source permits PositionedSource, PolledSource {

    /// The kind of source, in metrics and `/healthz`.
    String kind();

    /// Wall-clock time from one observation to the next, or from the end of one poll to the next poll.
    Duration interval();
}
