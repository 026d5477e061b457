package io.aerocast.service.access;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Limits of requests.
///
/// @param maxBody largest request body, also of a chunked request; default 1 MB
/// @param maxConcurrent requests that are handled at a time; further ones get 503; default 100
@Validated
@ConfigurationProperties(prefix = "aerocast.http", ignoreUnknownFields = false)
public record HttpProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("100") @Min(1) int maxConcurrent) {

    public HttpProperties {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "aerocast.http.max-body must lie between 1B and 2GB, found %s".formatted(maxBody));
        }
    }
}
