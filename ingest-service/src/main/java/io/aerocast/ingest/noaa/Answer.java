package io.aerocast.ingest.noaa;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the service answered.
sealed interface Answer {

    /// Records.
    ///
    /// @param body GeoJSON
    /// @param lastModified the header of that name as received, or `null`
    record Records(byte[] body, @Nullable String lastModified) implements Answer {}

    /// Nothing since the last answer.
    record Unchanged() implements Answer {}

    /// No records this time.
    ///
    /// @param reason what was expected and what was found
    /// @param retryAfter how long the service wants to be left alone, or `null` where it did not say
    record Refused(String reason, @Nullable Duration retryAfter) implements Answer {}
}
