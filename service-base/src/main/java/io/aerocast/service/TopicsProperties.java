package io.aerocast.service;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The creation of missing topics.
///
/// @param partitions number of partitions of each topic; default 3
/// @param replicationFactor number of replicas of each partition; default 1
/// @param retention retention time of topics that are not compacted; default 14 days
/// @param retryInterval pause between two attempts to reach the broker; default 2 s
/// @param probeInterval pause between two probes of a connected broker; default 10 s
@Validated
@ConfigurationProperties(prefix = "aerocast.topics", ignoreUnknownFields = false)
public record TopicsProperties(
        @DefaultValue("3") @Min(1) int partitions,
        @DefaultValue("1") @Min(1) short replicationFactor,
        @DefaultValue("14d") Duration retention,
        @DefaultValue("2s") Duration retryInterval,
        @DefaultValue("10s") Duration probeInterval) {}
