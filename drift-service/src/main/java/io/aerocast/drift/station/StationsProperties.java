package io.aerocast.drift.station;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Bounds on the stations that are watched.
///
/// @param max largest number of stations of one partition of the topics; observations of further ones are counted
///     and not watched; default 1000
/// @param forgetAfter silence after which the state of a station is dropped, by arrival at the broker: the time
///     from its newest observation to that of another station of its pipeline; default 30 days
/// @param published largest number of stations of an instance whose states and errors are published as metrics and
///     in `GET /healthz`; default 100
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.stations", ignoreUnknownFields = false)
public record StationsProperties(
        @DefaultValue("1000") @Min(1) int max,
        @DefaultValue("30d") Duration forgetAfter,
        @DefaultValue("100") @Min(0) int published) {

    public StationsProperties {
        if (!forgetAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "aerocast.drift.stations.forget-after must be positive, found %s".formatted(forgetAfter));
        }
    }
}
