package io.aerocast.drift.streams;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of Kafka Streams. `spring.kafka.streams.*` is passed on as well.
///
/// @param applicationId name of the consumer group and prefix of the internal topics; default `aerocast-drift`
/// @param stateDirectory directory of Kafka Streams' local files; the state itself is kept in Kafka; default
///     `.aerocast/streams`, or `streams` below `AEROCAST_DATA_DIR`
/// @param threads number of stream threads; default 1
/// @param commitInterval longest time from a record to the visibility of its results; default 100 ms
/// @param sessionTimeout time without heartbeat after which the group reassigns an instance's partitions; default
///     10 s
/// @param closeTimeout longest time to stop; default 3 s
/// @param restartPause pause before a failed thread is replaced; default 1 s
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.streams", ignoreUnknownFields = false)
public record StreamsProperties(
        @DefaultValue("aerocast-drift") @NotBlank String applicationId,
        @DefaultValue(".aerocast/streams") Path stateDirectory,
        @DefaultValue("1") @Min(1) int threads,
        @DefaultValue("100ms") Duration commitInterval,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("3s") Duration closeTimeout,
        @DefaultValue("1s") Duration restartPause) {}
