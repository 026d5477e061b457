package io.aerocast.service;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How the topics are created where they do not exist yet.
///
/// @param partitions partitions of each topic; default 3
/// @param replicationFactor replicas of each partition; default 1
/// @param retention how long time-kept topics keep a record; default 14 days
/// @param retryInterval pause between two attempts to reach the broker; default 2 s
/// @param probeInterval pause between two looks whether the broker is still there; default 10 s
@Validated
@ConfigurationProperties(prefix = "aerocast.topics", ignoreUnknownFields = false)
public record TopicsProperties(
        @DefaultValue("3") @Min(1) int partitions,
        @DefaultValue("1") @Min(1) short replicationFactor,
        @DefaultValue("14d") Duration retention,
        @DefaultValue("2s") Duration retryInterval,
        @DefaultValue("10s") Duration probeInterval) {}
