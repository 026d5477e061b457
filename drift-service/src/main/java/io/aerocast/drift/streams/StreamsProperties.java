package io.aerocast.drift.streams;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How the topology runs. `spring.kafka.streams.*` reaches Kafka Streams as well.
///
/// @param applicationId names the consumer group and the internal topics; default `aerocast-drift`
/// @param stateDirectory where Kafka Streams keeps its bookkeeping; the state itself is in Kafka; default
///     `.aerocast/streams`, or `streams` below `AEROCAST_DATA_DIR`
/// @param threads number of threads; default 1
/// @param commitInterval time from a record to the visibility of its results, at most; default 100 ms
/// @param sessionTimeout silence after which the group gives a lost instance's work to another; default 10 s
/// @param closeTimeout time that stopping may take; default 3 s
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
