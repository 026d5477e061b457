package io.aerocast.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/// Of the hundreds of meters of each Kafka client, those that a dashboard or an alert looks at.
final class KafkaMeterFilter implements MeterFilter {

    private static final String PREFIX = "kafka.";
    private static final Set<String> KEPT = Set.of(
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.coordinator.rebalance.total");

    /// The same for every client of a build.
    private static final MeterFilter WITHOUT_VERSION = MeterFilter.ignoreTags("kafka.version");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return !id.getName().startsWith(PREFIX) || KEPT.contains(id.getName())
                ? MeterFilterReply.NEUTRAL
                : MeterFilterReply.DENY;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(PREFIX) ? WITHOUT_VERSION.map(id) : id;
    }
}
