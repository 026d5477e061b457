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
/// @param enabled whether the stations are polled; default false
/// @param pipeline the pipeline that they feed; default `noaa`
/// @param stations identifiers of the stations, for example `KJFK`; default `KJFK`
/// @param userAgent identifies the client, for example `aerocast (you@example.org)`; the service rejects anonymous
///     requests; default none
/// @param url base address of the service; default `https://api.weather.gov`
/// @param interval pause between two polls of all stations; default 5 min
/// @param pause pause between two stations of a poll; default 1 s
/// @param timeout time limit of a request; default 20 s
/// @param longestPause upper limit of the pause of a station after failures, which doubles with each failure;
///     default 1 h
/// @param newest number of a station's newest records in each request; the latest ones may still be incomplete;
///     default 24
/// @param backlog number of records in the first request after a start; default 500, the most that the service
///     returns
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
            message = "aerocast.ingest.noaa.user-agent must name you if enabled is true, for example"
                    + " 'aerocast (you@example.org)': the National Weather Service rejects anonymous requests")
    boolean isUserAgentGiven() {
        return !enabled || (userAgent != null && !userAgent.isBlank());
    }
}
