package io.aerocast.trainer.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The Pushgateway that receives the outcomes of trainings.
///
/// @param address host and port of a Prometheus Pushgateway, as in `pushgateway:9091`; default none, and then
///     outcomes are not pushed
/// @param timeout longest time for a push to connect, and to be answered; default 5 s
@ConfigurationProperties(prefix = "aerocast.trainer.pushgateway", ignoreUnknownFields = false)
record PushgatewayProperties(
        @Nullable String address, @DefaultValue("5s") Duration timeout) {

    PushgatewayProperties {
        address = address == null || address.isBlank() ? null : address.strip();
        if (address != null && !address.matches("[A-Za-z0-9._-]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "aerocast.trainer.pushgateway.address must be host:port, found %s".formatted(address));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "aerocast.trainer.pushgateway.timeout must be positive, found %s".formatted(timeout));
        }
    }

    /// Whether outcomes are pushed.
    boolean on() {
        return address != null;
    }
}
