package io.aerocast.ingest.source;

import org.jspecify.annotations.Nullable;

/// How a source is doing.
///
/// @param source its kind: `simulator` or `replay`
/// @param state what it does
/// @param position entries that the broker has acknowledged, over all starts
/// @param problem why it waits or failed, or `null`
public record SourceStatus(
        String source, State state, long position, @Nullable String problem) {

    /// What a source does.
    public enum State {
        /// It has not begun: the broker is away.
        WAITING,
        /// It sends, or waits for the broker to acknowledge.
        RUNNING,
        /// It came to its end, and everything is acknowledged.
        FINISHED,
        /// It cannot go on, and stays so until it is started again.
        FAILED;

        /// The name in `/healthz`.
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
