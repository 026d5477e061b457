package io.aerocast.api.stream;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/// Reads the observations of the partitions that are assigned to this replica, and publishes the forecasts. Offsets
/// are committed after the broker has acknowledged the forecasts. Called by the single thread of its container.
final class ObservationListener implements BatchMessageListener<String, byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(ObservationListener.class);

    private final Pipelines pipelines;
    private final StreamProperties properties;
    private final IntervalMetrics intervals;
    private final StreamForecaster forecaster;
    private final WarmUp warmUp;
    private final EventPublisher events;
    private final MeterRegistry meters;
    private final Counter forgotten;
    private final Map<Integer, LivePartition> partitions = new HashMap<>();

    ObservationListener(
            Pipelines pipelines,
            StreamProperties properties,
            IntervalMetrics intervals,
            StreamForecaster forecaster,
            WarmUp warmUp,
            EventPublisher events,
            MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.intervals = intervals;
        this.forecaster = forecaster;
        this.warmUp = warmUp;
        this.events = events;
        this.meters = meters;
        this.forgotten = Counter.builder("aerocast.stations.forgotten")
                .description("Stations that are not forecast any more because too many others were observed later")
                .register(meters);
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        revoked.forEach(partition -> partitions.remove(partition.partition()));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        onPartitionsRevokedAfterCommit(consumer, lost);
    }

    /// @throws IllegalStateException if the broker has not acknowledged every forecast; a second call with the same
    ///     records sends the rest
    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> received : records) {
            LivePartition partition = partition(received);
            if (received.offset() >= partition.next()) {
                read(received, partition, (observation, arrival) -> {
                    count(arrival.outcome());
                    partition.unsent().addAll(forecaster.forecast(observation.station(), arrival));
                });
                partition.processed(received.offset());
            }
        }
        partitions.values().forEach(this::send);
    }

    private void read(
            ConsumerRecord<String, byte[]> received, LivePartition partition, BiConsumer<Observation, Arrival> then) {
        try {
            Observation observation = Topics.OBSERVATIONS.codec().decode(received.value());
            then.accept(observation, partition.arrive(observation));
        } catch (UnreadableEventException | IllegalArgumentException | ArithmeticException e) {
            // ArithmeticException: a timestamp beyond the time grid
            count("unreadable");
            log.atWarn()
                    .addKeyValue("topic", received.topic())
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("observation skipped");
        }
    }

    private void send(LivePartition partition) {
        Map<Forecast, CompletableFuture<RecordMetadata>> sending = new LinkedHashMap<>();
        for (Forecast forecast : partition.unsent()) {
            CompletableFuture<RecordMetadata> sent = events.publish(Topics.FORECASTS, forecast.station(), forecast);
            sending.put(forecast, sent);
            if (sent.isCompletedExceptionally()) {
                break; // the broker is down: every further attempt would run into its time-out
            }
        }
        sending.forEach((forecast, sent) -> {
            if (sent.handle((_, failure) -> failure == null).join()) {
                partition.unsent().remove(forecast);
                count(forecast);
            }
        });
        if (!partition.unsent().isEmpty()) {
            throw new IllegalStateException("%d forecasts could not be published, retrying"
                    .formatted(partition.unsent().size()));
        }
    }

    /// The state of a record's partition; the first record after the assignment starts the warm-up.
    private LivePartition partition(ConsumerRecord<String, byte[]> received) {
        LivePartition known = partitions.get(received.partition());
        if (known != null) {
            return known;
        }
        LivePartition assigned = new LivePartition(pipelines, properties, intervals, forgotten, received.offset());
        partitions.put(received.partition(), assigned);
        warmUp.read(
                new TopicPartition(received.topic(), received.partition()),
                received.offset(),
                earlier -> read(earlier, assigned, (_, _) -> {}));
        return assigned;
    }

    private void count(String outcome) {
        Counter.builder("aerocast.live.observations")
                .description("Observations from the stream, by outcome")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    private void count(Forecast forecast) {
        Counter.builder("aerocast.forecasts")
                .description("Published forecasts of the stream")
                .tags("pipeline", forecast.pipeline(), "feature", forecast.feature(), "model", forecast.model())
                .register(meters)
                .increment();
    }
}
