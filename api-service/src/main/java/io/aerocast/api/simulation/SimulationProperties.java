package io.aerocast.api.simulation;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The simulator, whose weather and sensor the live page can change.
///
/// @param url address of ingest-service as seen by the api, such as `http://localhost:8001`; without it the page
///     has no buttons for the simulator; default none
/// @param timeout largest time to wait for a reply; default 2s
@ConfigurationProperties(prefix = "aerocast.api.simulator", ignoreUnknownFields = false)
public record SimulationProperties(
        @Nullable URI url, @DefaultValue("2s") Duration timeout) {

    public SimulationProperties {
        if (url != null && url.toString().isBlank()) {
            url = null;
        }
        if (url != null && (url.getHost() == null || !url.getScheme().matches("https?") || url.getUserInfo() != null)) {
            throw new IllegalArgumentException(
                    "aerocast.api.simulator.url must be an absolute http or https URI without a user, found %s"
                            .formatted(url.getHost()));
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "aerocast.api.simulator.timeout must be at least 1ms, found %s".formatted(timeout));
        }
    }
}
