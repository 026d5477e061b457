package io.aerocast.api.feed;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Server-sent events.
///
/// @param kept number of events to keep for clients that are slow or come back; default 4096
/// @param clients largest number of clients at a time; default 100
/// @param heartbeat time without an event after which a client gets a comment, so that both sides notice a broken
///     connection; default 15s
@Validated
@ConfigurationProperties(prefix = "aerocast.api.events", ignoreUnknownFields = false)
public record FeedProperties(
        @DefaultValue("4096") @Min(1) int kept,
        @DefaultValue("100") @Min(1) int clients,
        @DefaultValue("15s") Duration heartbeat) {

    public FeedProperties {
        if (heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "aerocast.api.events.heartbeat must be at least 1ms, found %s".formatted(heartbeat));
        }
    }
}
