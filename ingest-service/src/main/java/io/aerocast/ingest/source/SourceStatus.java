package io.aerocast.ingest.source;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The status of a source that has a position.
///
/// @param source its kind: `simulator` or `replay`
/// @param state see [State]
/// @param position number of entries that the broker has acknowledged, over all starts
/// @param problem why the source waits or has failed, or `null`
public record SourceStatus(
        String source, State state, long position, @Nullable String problem) {

    /// ```
    ///  WAITING ──topics exist──► RUNNING ──end of the source──► FINISHED
    ///                               └───────error─────────────► FAILED
    /// ```
    public enum State {
        /// Not started: the broker is away.
        WAITING,
        /// Sends entries, or waits for the broker to acknowledge them.
        RUNNING,
        /// Reached its end, and every entry is acknowledged.
        FINISHED,
        /// Ended by an error, until the next start of the service.
        FAILED;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The status for `/healthz`.
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("state", state.label());
        facts.put("position", position);
        if (problem != null) {
            facts.put("problem", problem);
        }
        return facts;
    }
}
