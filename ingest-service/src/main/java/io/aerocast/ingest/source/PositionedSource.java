package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.Received;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Observations one after the other. A source that is opened at the position where it was left goes on
/// as if it had never been left.
interface Source {

    /// The kind of source, in metrics and `/healthz`.
    String kind();

    /// Names this stream of observations among all others: what is remembered of its position lies under this name.
    String identity();

    /// Wall-clock time from one entry to the next.
    Duration interval();

    /// Opens the source.
    ///
    /// @param position 0 for the beginning, or what [Reading#position()] told
    Reading open(long position) throws IOException;

    /// An open source; used by one thread.
    interface Reading extends Closeable {

        /// The next entry; empty at the end.
        ///
        /// @throws IOException if the source cannot be read further
        Optional<Received> next() throws IOException;

        /// The position behind the latest entry.
        long position();
    }
}
