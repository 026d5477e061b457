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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;

/// Publishes the metrics of the Kafka clients, for example a consumer's lag, while the client is open.
public final class KafkaClientMeters implements ConsumerFactory.Listener<String, byte[]>, AutoCloseable {

    /// A client creates the metrics of its partitions some time after its start.
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final MeterRegistry meters;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Consumer<String, byte[]>, KafkaClientMetrics> consumers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kafka-meters").daemon().factory());

    KafkaClientMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Clients may share an identifier, so each is tagged with a number.
    @Override
    public void consumerAdded(String id, Consumer<String, byte[]> consumer) {
        Tags own = Tags.of("consumer", String.valueOf(number.incrementAndGet()));
        consumers.put(consumer, bind((scheduler, every) -> new KafkaClientMetrics(consumer, own, scheduler, every)));
    }

    @Override
    public void consumerRemoved(@Nullable String id, Consumer<String, byte[]> consumer) {
        KafkaClientMetrics metrics = consumers.remove(consumer);
        if (metrics != null) {
            metrics.close();
        }
    }

    /// Publishes the metrics of another client.
    ///
    /// @param client creates the metrics; the scheduler refreshes them at the interval
    /// @return the metrics; the caller closes them together with the client
    public <M extends MeterBinder> M bind(BiFunction<ScheduledExecutorService, Duration, M> client) {
        M metrics = client.apply(refresh, REFRESH);
        metrics.bindTo(meters);
        return metrics;
    }

    @Override
    public void close() {
        refresh.shutdownNow();
    }
}
