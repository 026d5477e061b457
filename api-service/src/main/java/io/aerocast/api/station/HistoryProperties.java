package io.aerocast.api.station;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The past of the stations that each replica keeps in memory.
///
/// @param age how far it goes back from the newest observation of a station; default 7d
/// @param gridTimes largest number of grid times of a station; default 1000
/// @param values largest number of readings and of forecasts of one horizon, of all stations, about 60 bytes each;
///     beyond it the least recently updated stations are forgotten; default 500000
@Validated
@ConfigurationProperties(prefix = "aerocast.api.history", ignoreUnknownFields = false)
public record HistoryProperties(
        @DefaultValue("7d") Duration age,
        @DefaultValue("1000") @Min(1) int gridTimes,
        @DefaultValue("500000") @Min(1) int values) {

    public HistoryProperties {
        if (age.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "aerocast.api.history.age must be at least 1ms, found %s".formatted(age));
        }
    }
}
