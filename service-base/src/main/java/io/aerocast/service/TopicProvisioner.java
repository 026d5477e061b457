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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/// Waits for the broker in the background, creates the topics that are missing, and then says so with
/// [TopicsReady]. From then on it looks after the broker, so that a later loss is told too.
public final class TopicProvisioner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final Duration STOP = Duration.ofSeconds(1);

    private final Map<String, Object> adminProperties;
    private final TopicsProperties properties;
    private final ApplicationEventPublisher events;
    private volatile boolean connected;
    private volatile Instant connectedSince = Instant.now();
    private volatile boolean ready;
    private volatile Instant readySince = Instant.now();
    private @Nullable String told;
    private final Worker worker = Worker.interruptible("topics", STOP, this::run);

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
                .description("1 once every topic exists and the consumers were started")
                .register(meters);
    }

    /// Whether the broker answered when it was last asked.
    public boolean connected() {
        return connected;
    }

    /// Since when [#connected()] says what it says, by this machine's clock.
    public Instant connectedSince() {
        return connectedSince;
    }

    /// Whether every topic exists and the consumers were started.
    public boolean ready() {
        return ready;
    }

    /// Since when [#ready()] says what it says, by this machine's clock.
    public Instant readySince() {
        return readySince;
    }

    /// The addresses that are tried.
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
            reach();
            worker.pause(connected && ready ? properties.probeInterval() : properties.retryInterval());
        }
    }

    private void reach() throws InterruptedException {
        try {
            createMissing();
            answered();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // unchecked where the host has no address (yet)
            missed(e);
        }
    }

    private void answered() {
        if (!connected) {
            connectedSince = Instant.now();
            connected = true;
            told = null;
            log.atInfo().addKeyValue("brokers", brokers()).log("broker is connected, and every topic exists");
        }
        if (!ready && !worker.stopping()) {
            announce();
        }
    }

    /// A listener that fails keeps the service from being ready, and is asked again.
    private void announce() {
        try {
            events.publishEvent(new TopicsReady(this));
            readySince = Instant.now();
            ready = true;
        } catch (RuntimeException e) {
            if (isNews(RootCause.message(e))) {
                log.atError()
                        .addKeyValue("retryEvery", properties.retryInterval())
                        .setCause(e)
                        .log("a consumer could not be started, trying again until it can");
            }
        }
    }

    private void missed(Exception e) {
        if (connected) {
            connectedSince = Instant.now();
            connected = false;
        }
        if (isNews("away")) {
            log.atWarn()
                    .addKeyValue("brokers", brokers())
                    .addKeyValue("retryEvery", properties.retryInterval())
                    .addKeyValue("cause", RootCause.message(e))
                    .log("broker is away, trying again until it answers");
        }
    }

    /// Whether this is to be told: not where it was told last, nor at the end of the service.
    private boolean isNews(String what) {
        boolean news = !worker.stopping() && !what.equals(told);
        told = what;
        return news;
    }

    private void createMissing() throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = Admin.create(adminProperties);
        try {
            createMissing(admin);
        } finally {
            // The default close waits for requests in progress, which an interrupt has to end too.
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
                // Another service was faster.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
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
                        // Replayed history carries old observation times; records keep the time of their arrival.
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime");
        };
        return new NewTopic(name, properties.partitions(), properties.replicationFactor()).configs(config);
    }
}
