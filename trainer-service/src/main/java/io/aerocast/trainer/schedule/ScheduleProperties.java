package io.aerocast.trainer.schedule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Trainings that happen without a signal from outside.
///
/// @param enabled whether the trainer raises routine signals; default true
/// @param clock `observation`: a period passes in the time of the landed observations, so also in a replay; `wall`:
///     in the time of this machine; default `observation`
/// @param period age of the last training at which the next one is due; default 30 d
/// @param periods other periods by pipeline, as in `aerocast.trainer.schedule.periods.noaa=14d`
/// @param interval pause between two looks at the clock and the lake; default 5 s
/// @param tries how often a model is fitted in one drift episode: a held candidate gets another try when more
///     data have landed; 1 turns that off; default 3
/// @param moreData the new grid times that another try needs, as a fraction of those since the change; default 0.5
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.schedule", ignoreUnknownFields = false)
record ScheduleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("observation") Clock clock,
        @DefaultValue("30d") Duration period,
        @DefaultValue Map<String, Duration> periods,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("3") @Min(1) @Max(20) int tries,
        @DefaultValue("0.5") @Positive double moreData) {

    ScheduleProperties {
        periods = Map.copyOf(periods);
        periods.forEach(ScheduleProperties::requirePositive);
        requirePositive("default", period);
    }

    /// The time in which a period passes.
    enum Clock {
        OBSERVATION,
        WALL
    }

    Duration periodOf(String pipeline) {
        return periods.getOrDefault(pipeline, period);
    }

    private static void requirePositive(String pipeline, Duration period) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("aerocast.trainer.schedule: the period must be positive, found %s for %s"
                    .formatted(period, pipeline));
        }
    }
}
