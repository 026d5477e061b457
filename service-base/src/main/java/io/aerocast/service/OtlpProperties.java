package io.aerocast.service;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The export of traces.
///
/// @param endpoint base address of an OpenTelemetry collector that accepts OTLP over HTTP, for example
///     `http://collector:4318`; default none, which disables tracing
/// @param sampling fraction of the traces that is kept, 0 to 1; default 0.1
@Validated
@ConfigurationProperties(prefix = OtlpProperties.PREFIX, ignoreUnknownFields = false)
public record OtlpProperties(
        @Nullable URI endpoint,

        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1")
        double sampling) {

    static final String PREFIX = "aerocast.otlp";

    public OtlpProperties {
        if (endpoint != null && endpoint.toString().isBlank()) {
            endpoint = null;
        }
        if (endpoint != null && !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException("%s.endpoint must be an address such as http://collector:4318, found %s"
                    .formatted(PREFIX, endpoint));
        }
    }
}
