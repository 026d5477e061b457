package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.Received;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Observations in a fixed order, each at a position. A source that is opened at the position where it was left
/// continues as if it had never been closed.
non-sealed interface PositionedSource extends Source {

    /// Identifies this sequence of observations among all others: its position is stored under this name.
    String identity();

    /// Opens the source.
    ///
    /// @param position 0 for the beginning, or an earlier [Reading#position()]
    Reading open(long position) throws IOException;

    /// An open source; used by one thread.
    interface Reading extends Closeable {

        /// The next entry; empty at the end.
        ///
        /// @throws IOException if the source cannot be read further
        Optional<Received> next() throws IOException;

        /// The position after the latest entry.
        long position();
    }
}
