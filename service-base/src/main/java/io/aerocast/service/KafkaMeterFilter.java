package io.aerocast.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Of the hundreds of meters of each Kafka client, those that a dashboard or an alert looks at, for AeroCast's topics.
final class KafkaMeterFilter implements MeterFilter {

    private static final String OF_CLIENTS = "kafka.";
    private static final String OF_CONSUMERS = "kafka.consumer.coordinator.rebalance.total";
    private static final Set<String> OF_TOPICS =
            Set.of("kafka.consumer.fetch.manager.records.lag", "kafka.consumer.fetch.manager.records.consumed.total");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean kept = !id.getName().startsWith(OF_CLIENTS)
                || id.getName().equals(OF_CONSUMERS)
                || OF_TOPICS.contains(id.getName()) && isOurs(id.getTag("topic"));
        return kept ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /// Kafka tells a topic under its name, and once more with underscores in place of the dots.
    private static boolean isOurs(@Nullable String topic) {
        return topic != null && topic.startsWith("aerocast.");
    }
}
