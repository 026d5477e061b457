package io.aerocast.api.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Requests.
///
/// @param maxBody largest request body, also of a chunked request; default 1 MB
/// @param corsOrigins origins of web pages that may read replies and send requests, such as `https://example.org`, or
///     `*` for all; default none
@ConfigurationProperties(prefix = "aerocast.api.http", ignoreUnknownFields = false)
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody, @DefaultValue List<String> corsOrigins) {

    public HttpProperties {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "aerocast.api.http.max-body must lie between 1B and 2GB, found %s".formatted(maxBody));
        }
        corsOrigins = List.copyOf(corsOrigins);
        for (String origin : corsOrigins) {
            if (!origin.matches("\\*|https?://[^/\\s*]+")) {
                throw new IllegalArgumentException(
                        "aerocast.api.http.cors-origins must be origins such as https://example.org, or *, found %s"
                                .formatted(origin));
            }
        }
    }
}
