package io.aerocast.drift.streams;

import io.aerocast.drift.detect.Detecting;
import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.service.HealthFact;
import io.aerocast.service.KafkaClientMeters;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.TopicsProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// Runs the topology once its topics exist, until the service stops. A failed stream thread is replaced, so that
/// the service survives an outage of the broker.
final class DriftStreams extends StartsWithTopics implements HealthFact, StationStates {

    private static final Logger log = LoggerFactory.getLogger(DriftStreams.class);

    private final DriftTopology topology;
    private final StreamsProperties properties;
    private final TopicsProperties topics;
    private final KafkaProperties kafka;
    private final MeterRegistry meters;
    private final KafkaClientMeters clientMeters;
    private final Counter failures;
    private @Nullable KafkaStreamsMetrics bound;
    private volatile @Nullable KafkaStreams streams;

    DriftStreams(
            DriftTopology topology,
            StreamsProperties properties,
            TopicsProperties topics,
            KafkaProperties kafka,
            MeterRegistry meters,
            KafkaClientMeters clientMeters) {
        this.topology = topology;
        this.properties = properties;
        this.topics = topics;
        this.kafka = kafka;
        this.meters = meters;
        this.clientMeters = clientMeters;
        this.failures = Counter.builder("aerocast.streams.failures")
                .description("Streams threads that failed and were replaced")
                .register(meters);
    }

    @Override
    protected void begin() {
        if (streams != null) {
            return;
        }
        KafkaStreams started = new KafkaStreams(topology.build(), configuration());
        started.setUncaughtExceptionHandler(this::replaceThread);
        started.start();
        streams = started;
        bound = clientMeters.bind((scheduler, every) ->
                new KafkaStreamsMetrics(started, Tags.of("consumer", "streams"), scheduler, every));
        log.atInfo().addKeyValue("application", properties.applicationId()).log("streams started");
    }

    @Override
    protected void end() {
        KafkaStreams stopping = streams;
        streams = null;
        if (stopping == null) {
            return;
        }
        if (bound != null) {
            bound.close();
        }
        // Leaving the group hands the partitions over at once.
        boolean closed = stopping.close(CloseOptions.timeout(properties.closeTimeout())
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            log.atWarn().addKeyValue("timeout", properties.closeTimeout()).log("streams did not stop in time");
        }
    }

    @Override
    public Map<String, Object> facts() {
        KafkaStreams current = streams;
        return Map.of(
                "streams", current == null ? "waiting" : current.state().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean ok() {
        KafkaStreams current = streams;
        return current != null && current.state().isRunningOrRebalancing();
    }

    @Override
    public ReadOnlyKeyValueStore<String, WatchedStation> store() {
        KafkaStreams current = streams;
        if (current == null) {
            throw new StreamsNotStartedException("The broker has not been reached yet");
        }
        return current.store(
                StoreQueryParameters.fromNameAndType(Detecting.STATIONS, QueryableStoreTypes.keyValueStore()));
    }

    private StreamThreadExceptionResponse replaceThread(Throwable fault) {
        log.atError().setCause(fault).log("streams thread failed and is replaced");
        failures.increment();
        try {
            Thread.sleep(properties.restartPause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private Properties configuration() {
        Properties p = new Properties();
        p.putAll(kafka.buildStreamsProperties());
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, properties.applicationId());
        p.put(StreamsConfig.STATE_DIR_CONFIG, properties.stateDirectory().toString());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                properties.commitInterval().toMillis());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, properties.threads());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replicationFactor());
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipBadRecords.class);
        p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SkipBadRecords.class);
        p.put(SkipBadRecords.METERS, meters);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                properties.sessionTimeout().toMillis());
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                properties.sessionTimeout().dividedBy(3).toMillis());
        // Batches small fetches: each response costs broker and service more than the few records in it.
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 65_536);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 100);
        // With several batches in flight, the broker rejects those behind a batch that waits for the previous
        // transaction.
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        return p;
    }
}
