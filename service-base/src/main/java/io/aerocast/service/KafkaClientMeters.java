package io.aerocast.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.ConsumerFactory;

/// Shows the meters of Kafka's own clients, such as a consumer's lag, as long as the client is open.
public final class KafkaClientMeters implements ConsumerFactory.Listener<String, byte[]>, AutoCloseable {

    /// A client has its partitions, and their meters, some time after its start.
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final MeterRegistry meters;
    private final Map<String, KafkaClientMetrics> consumers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kafka-meters").daemon().factory());

    KafkaClientMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void consumerAdded(String id, Consumer<String, byte[]> consumer) {
        consumers.put(id, show((scheduler, every) -> new KafkaClientMetrics(consumer, Tags.empty(), scheduler, every)));
    }

    @Override
    public void consumerRemoved(String id, Consumer<String, byte[]> consumer) {
        KafkaClientMetrics gone = consumers.remove(id);
        if (gone != null) {
            gone.close();
        }
    }

    /// Shows the meters of another client.
    ///
    /// @param client its meters, looked at by a scheduler in an interval
    /// @return to be closed with it
    public <M extends MeterBinder> M show(BiFunction<ScheduledExecutorService, Duration, M> client) {
        M metrics = client.apply(refresh, REFRESH);
        metrics.bindTo(meters);
        return metrics;
    }

    @Override
    public void close() {
        refresh.shutdownNow();
    }
}
