package io.aerocast.ingest.source;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The heatwave simulator.
///
/// @param enabled whether the simulator runs; default false
/// @param pipeline the pipeline that it feeds, with the temperature as its target; default `sim`
/// @param station name of the station; default `SIM-1`
/// @param seed seed of the noise; default 1
/// @param calmSteps number of steps before the heatwave begins; default 600
/// @param heatwaveSteps number of steps until the heatwave begins to fade; default none, it does not end
/// @param calmOnly disables the heatwave; default false, or the environment variable `CALM_ONLY`
/// @param start time of observation of the first step; default 2020-01-01T00:00:00Z
/// @param pace `accelerated`: times of observation advance from `start` by the pipeline's cadence; `real-time`:
///     they follow the clock; default `accelerated`
/// @param interval wall-clock time from one accelerated step to the next; default 1 s
@Validated
@ConfigurationProperties(prefix = "aerocast.ingest.simulator", ignoreUnknownFields = false)
record SimulatorProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("sim") String pipeline,

        @DefaultValue("SIM-1") @Pattern(regexp = "[A-Za-z0-9_-]{1,64}")
        String station,

        @DefaultValue("1") long seed,
        @DefaultValue("600") @Min(0) long calmSteps,
        @Nullable @Min(0) Long heatwaveSteps,
        @DefaultValue("false") boolean calmOnly,
        @DefaultValue("2020-01-01T00:00:00Z") Instant start,
        @DefaultValue("accelerated") Pace pace,
        @DefaultValue("1s") Duration interval) {

    enum Pace {
        ACCELERATED,
        REAL_TIME
    }

    Heatwave heatwave() {
        return calmOnly
                ? Heatwave.never(seed)
                : new Heatwave(
                        seed, calmSteps, heatwaveSteps == null ? OptionalLong.empty() : OptionalLong.of(heatwaveSteps));
    }
}
