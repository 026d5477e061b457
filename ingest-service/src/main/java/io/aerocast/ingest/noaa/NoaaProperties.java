package io.aerocast.ingest.noaa;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The live stations of the National Weather Service.
///
/// @param enabled whether they are asked; default false
/// @param pipeline the pipeline that they feed; default `noaa`
/// @param stations their identifiers, such as `KJFK`; default `KJFK`
/// @param userAgent names the asker, such as `aerocast (you@example.org)`: the service refuses who says nothing;
/// default
///     none
/// @param url where the service is; default `https://api.weather.gov`
/// @param interval pause between two rounds over all stations; default 5 min
/// @param pause pause between two stations of a round; default 1 s
/// @param timeout how long an answer may take; default 20 s
/// @param longestPause the most that a station is left alone after faults, which double the pause each time; default 1
/// h
/// @param newest how many of a station's newest records are asked for again in each round, since the latest are still
///     completed; default 24
/// @param backlog how many are asked for in the first round after a start; default 500, the most that the service gives
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.noaa", ignoreUnknownFields = false)
record NoaaProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("noaa") String pipeline,
        @DefaultValue("KJFK") List<@Pattern(regexp = "[A-Z0-9]{3,8}") String> stations,
        @Nullable String userAgent,
        @DefaultValue("https://api.weather.gov") URI url,
        @DefaultValue("5m") Duration interval,
        @DefaultValue("1s") Duration pause,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("1h") Duration longestPause,
        @DefaultValue("24") @Min(1) @Max(500) int newest,
        @DefaultValue("500") @Min(1) @Max(500) int backlog) {

    NoaaProperties {
        stations = List.copyOf(stations);
    }

    @AssertTrue(
            message = "aerocast.ingest.noaa.user-agent must name you where enabled is true, such as"
                    + " 'aerocast (you@example.org)': the National Weather Service refuses who does not say who asks")
    boolean isUserAgentGiven() {
        return !enabled || (userAgent != null && !userAgent.isBlank());
    }
}
