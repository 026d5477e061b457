package io.aerocast.service;

import io.aerocast.event.Topic;
import io.aerocast.event.Topic.Retention;
import io.aerocast.event.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/// Waits for the broker in the background, creates the topics that are missing, and then says so with
/// [TopicsReady]. A service whose broker is away therefore starts, says so, and recovers.
public final class TopicProvisioner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> adminProperties;
    private final TopicsProperties properties;
    private final ApplicationEventPublisher events;
    private volatile boolean ready;
    private volatile @Nullable Thread worker;

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
        Gauge.builder("aerocast.topics.ready", this, p -> p.ready ? 1 : 0)
                .description("1 once the broker was reached and every topic exists")
                .register(meters);
    }

    /// Whether the broker was reached and every topic exists.
    public boolean ready() {
        return ready;
    }

    /// The addresses that are tried.
    public String brokers() {
        return String.valueOf(adminProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    @Override
    public void start() {
        worker = Thread.ofPlatform().name("topics").daemon().start(this::provision);
    }

    @Override
    public void stop() {
        Thread current = worker;
        worker = null;
        if (current != null) {
            current.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private void provision() {
        boolean warned = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                createMissing();
                ready = true;
                log.atInfo().addKeyValue("brokers", brokers()).log("topics ready");
                events.publishEvent(new TopicsReady(this));
                return;
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | TimeoutException e) {
                if (!warned) {
                    log.atWarn()
                            .addKeyValue("brokers", brokers())
                            .addKeyValue("retryEvery", properties.retryInterval())
                            .addKeyValue("cause", rootMessage(e))
                            .log("broker is away, trying again until it answers");
                }
                warned = true;
                pause();
            }
        }
    }

    private void createMissing() throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(adminProperties)) {
            Set<String> existing = admin.listTopics().names().get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            List<NewTopic> missing =
                    wanted().stream().filter(t -> !existing.contains(t.name())).toList();
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
    }

    private List<NewTopic> wanted() {
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

    private void pause() {
        try {
            Thread.sleep(properties.retryInterval());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
