package io.aerocast.api.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of requests.
///
/// @param maxBody largest request body, also of a chunked request; default 1 MB
@ConfigurationProperties(prefix = "aerocast.api.http", ignoreUnknownFields = false)
public record HttpProperties(@DefaultValue("1MB") DataSize maxBody) {

    public HttpProperties {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "aerocast.api.http.max-body must lie between 1B and 2GB, found %s".formatted(maxBody));
        }
    }
}
