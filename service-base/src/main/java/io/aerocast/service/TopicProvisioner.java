package io.aerocast.service;

import io.aerocast.event.Topic;
import io.aerocast.event.Topic.Retention;
import io.aerocast.event.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/// Waits for the broker in the background, creates the missing topics, waits for the leaders of their partitions,
/// and then publishes [TopicsReady]. After that it probes the broker, so that a later loss is reported too.
public final class TopicProvisioner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final Map<String, Object> adminProperties;
    private final TopicsProperties properties;
    private final ApplicationEventPublisher events;
    private volatile boolean connected;
    private volatile Instant connectedSince = Instant.now();
    private volatile boolean ready;
    private volatile Instant readySince = Instant.now();
    private @Nullable String reported;
    private final Worker worker = Worker.interruptible("topics", STOP_GRACE, this::run);

    TopicProvisioner(
            Map<String, Object> adminProperties,
            TopicsProperties properties,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.adminProperties = new HashMap<>(adminProperties);
        this.adminProperties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        this.adminProperties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        this.properties = properties;
        this.events = events;
        Gauge.builder("aerocast.broker.connected", this, p -> p.connected ? 1 : 0)
                .description("1 while the broker answers")
                .register(meters);
        Gauge.builder("aerocast.topics.ready", this, p -> p.ready ? 1 : 0)
                .description("1 once every topic exists and all consumers have started")
                .register(meters);
    }

    /// Whether the broker answered the latest request.
    public boolean connected() {
        return connected;
    }

    /// Time of the latest change of [#connected()], by this machine's clock.
    public Instant connectedSince() {
        return connectedSince;
    }

    /// Whether every topic exists and all consumers have started.
    public boolean ready() {
        return ready;
    }

    /// Time of the latest change of [#ready()], by this machine's clock.
    public Instant readySince() {
        return readySince;
    }

    /// The configured addresses of the brokers.
    public String brokers() {
        return String.valueOf(adminProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.running();
    }

    private void run() throws InterruptedException {
        while (!worker.stopping()) {
            tryToConnect();
            worker.pause(connected && ready ? properties.probeInterval() : properties.retryInterval());
        }
    }

    private void tryToConnect() throws InterruptedException {
        try {
            createMissing();
            connectionSucceeded();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // KafkaException: the host name cannot be resolved (yet)
            connectionFailed(e);
        }
    }

    private void connectionSucceeded() {
        if (!connected) {
            connectedSince = Instant.now();
            connected = true;
            reported = null;
            log.atInfo().addKeyValue("brokers", brokers()).log("broker is connected and every topic exists");
        }
        if (!ready && !worker.stopping()) {
            announce();
        }
    }

    /// A listener that fails keeps the service from becoming ready, and is called again after the retry interval.
    private void announce() {
        try {
            events.publishEvent(new TopicsReady(this));
            readySince = Instant.now();
            ready = true;
        } catch (RuntimeException e) {
            if (isNew(RootCause.message(e))) {
                log.atError()
                        .addKeyValue("retryEvery", properties.retryInterval())
                        .setCause(e)
                        .log("a consumer cannot be started; retrying until it starts");
            }
        }
    }

    private void connectionFailed(Exception e) {
        if (connected) {
            connectedSince = Instant.now();
            connected = false;
        }
        if (isNew("away")) {
            log.atWarn()
                    .addKeyValue("brokers", brokers())
                    .addKeyValue("retryEvery", properties.retryInterval())
                    .addKeyValue("cause", RootCause.message(e))
                    .log("broker is away; retrying until it answers");
        }
    }

    /// Whether a problem has to be logged: not if it was the last one logged, and not while the service stops.
    private boolean isNew(String problem) {
        boolean isNew = !worker.stopping() && !problem.equals(reported);
        reported = problem;
        return isNew;
    }

    private void createMissing() throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = Admin.create(adminProperties);
        try {
            createMissing(admin);
            if (!ready) {
                awaitLeaders(admin);
            }
        } finally {
            // The default close waits for requests in progress, although an interrupt has to end them too.
            admin.close(Duration.ZERO);
        }
    }

    private void createMissing(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        List<NewTopic> missing =
                topics().stream().filter(t -> !existing.contains(t.name())).toList();
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                // Another service has created the topic in the meantime.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /// Waits until the leader of every partition answers. A partition of a topic just created may reject the first
    /// batch of an idempotent producer and accept the second one, which is already on its way. The first can then
    /// no longer be delivered, since its sequence number is too low.
    private void awaitLeaders(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = topics().stream().map(NewTopic::name).toList();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        admin.describeTopics(names)
                .allTopicNames()
                .get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        admin.listOffsets(ends).all().get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private List<NewTopic> topics() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            topics.add(newTopic(topic.name(), topic.kept()));
        }
        topics.add(newTopic(Topics.DEAD_LETTERS, Retention.TIME));
        return topics;
    }

    private NewTopic newTopic(String name, Retention kept) {
        Map<String, String> config = switch (kept) {
            case COMPACTED -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case TIME ->
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(properties.retention().toMillis()),
                        // Replayed observations are old; retention counts from the arrival of a record instead.
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime");
        };
        return new NewTopic(name, properties.partitions(), properties.replicationFactor()).configs(config);
    }
}
