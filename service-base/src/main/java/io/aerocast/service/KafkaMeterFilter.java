package io.aerocast.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps those of the hundreds of metrics of each Kafka client that a dashboard or an alert uses, for AeroCast's
/// topics.
final class KafkaMeterFilter implements MeterFilter {

    private static final String CLIENT_PREFIX = "kafka.";
    private static final String REBALANCES = "kafka.consumer.coordinator.rebalance.total";
    private static final Set<String> TOPIC_METRICS =
            Set.of("kafka.consumer.fetch.manager.records.lag", "kafka.consumer.fetch.manager.records.consumed.total");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean kept = !id.getName().startsWith(CLIENT_PREFIX)
                || id.getName().equals(REBALANCES)
                || TOPIC_METRICS.contains(id.getName()) && isOurs(id.getTag("topic"));
        return kept ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /// Kafka reports each topic twice: under its name, and with underscores instead of dots.
    private static boolean isOurs(@Nullable String topic) {
        return topic != null && topic.startsWith("aerocast.");
    }
}
