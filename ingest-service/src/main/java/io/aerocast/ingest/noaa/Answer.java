package io.aerocast.ingest.noaa;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The outcome of one request to the service.
sealed interface Answer {

    /// The station's latest records.
    ///
    /// @param body GeoJSON
    /// @param lastModified the `Last-Modified` header as received, or `null`
    record Records(byte[] body, @Nullable String lastModified) implements Answer {}

    /// The records are unchanged since the previous answer (status 304).
    record Unchanged() implements Answer {}

    /// The request failed.
    ///
    /// @param reason the expected and the actual content
    /// @param retryAfter the pause that the service requests, or `null`
    record Refused(String reason, @Nullable Duration retryAfter) implements Answer {}
}
