package io.aerocast.ingest.land;

import io.aerocast.event.Topics;
import io.aerocast.lake.ForeignLakeException;
import io.aerocast.service.HealthFact;
import io.aerocast.service.RootCause;
import io.aerocast.service.TopicsReady;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/// Keeps a [Landing] going: whatever makes one fail, a full disk or a broker that went away in mid-commit, is reported,
/// and a new one begins at the committed offsets. What does not mend itself ends it: a lake that belongs to another
/// topic, or a broken runtime.
@Component
final class Lander implements ApplicationListener<TopicsReady>, HealthFact, SmartLifecycle {

    /// The consumer group of all landers.
    static final String GROUP = "aerocast-ingest-landing";

    private static final Logger log = LoggerFactory.getLogger(Lander.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaAdmin admin;
    private final Intake intake;
    private final WindowWriter writer;
    private final LandingProperties limits;
    private final LandingMetrics metrics;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long giveUpAt = Long.MAX_VALUE;
    private volatile @Nullable String problem;
    private volatile @Nullable Thread thread;
    private volatile boolean failed;
    private volatile boolean started;
    private Duration pause = SHORTEST_PAUSE;

    Lander(
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            Intake intake,
            WindowWriter writer,
            LandingProperties limits,
            LandingMetrics metrics,
            Clock clock) {
        this.consumers = consumers;
        this.admin = admin;
        this.intake = intake;
        this.writer = writer;
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public synchronized void onApplicationEvent(TopicsReady ready) {
        if (limits.enabled() && thread == null && !stopping()) {
            thread = Thread.ofPlatform().name("landing").daemon().start(this::run);
        }
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("state", state());
        facts.put("lag", metrics.lag());
        if (problem != null) {
            facts.put("problem", problem);
        }
        return Map.of("landing", facts);
    }

    /// Landing begins with [TopicsReady].
    @Override
    public void start() {
        started = true;
    }

    /// Lands what is open, if the broker acknowledges at once, and ends. The producers are still there.
    @Override
    public void stop() {
        giveUpAt = System.nanoTime() + LAST_MOMENT.toNanos();
        stop.countDown();
        Thread running = thread;
        try {
            if (running != null && !running.join(LAST_MOMENT.multipliedBy(2))) {
                running.interrupt();
                running.join(LAST_MOMENT.multipliedBy(2));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private String state() {
        Thread lander = thread;
        if (!limits.enabled()) {
            return "off";
        }
        if (lander == null) {
            return "waiting";
        }
        if (failed) {
            return "failed";
        }
        return lander.isAlive() ? (problem == null ? "running" : "retrying") : "stopped";
    }

    private void run() {
        while (!stopping() && !failed) {
            try {
                landUntilStopped();
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                failed = e instanceof Error || RootCause.of(e) instanceof ForeignLakeException;
                report(e);
                if (!failed) {
                    pause();
                }
            }
        }
    }

    private void landUntilStopped() throws IOException {
        try (TopicIdentity topic = new TopicIdentity(admin.getConfigurationProperties())) {
            landUntilStopped(topic);
        }
    }

    private void landUntilStopped(TopicIdentity topic) throws IOException {
        Consumer<String, byte[]> consumer = consumers.createConsumer(GROUP, null, null);
        Landing landing = new Landing(consumer, topic, intake, writer, limits, clock, this::outOfPatience);
        try {
            consumer.subscribe(List.of(Topics.OBSERVATIONS.name()), landing);
            while (!stopping()) {
                landing.step();
                metrics.progress(landing.lag(), landing.oldestOpen().orElse(null));
                problem = null;
                pause = SHORTEST_PAUSE;
            }
            landing.landAll();
        } finally {
            Thread.interrupted(); // told by now, and it would keep the consumer from leaving its group
            landing.discard();
            consumer.close(CloseOptions.timeout(LAST_MOMENT));
        }
    }

    private void report(Throwable failure) {
        problem = String.valueOf(RootCause.of(failure));
        if (stopping()) {
            log.atWarn()
                    .addKeyValue("reason", problem)
                    .log("ended before everything read had landed; it is read again at the next start");
            return;
        }
        metrics.failed();
        log.atError()
                .addKeyValue("topic", Topics.OBSERVATIONS.name())
                .addKeyValue("reason", problem)
                .setCause(failure)
                .log(
                        failed
                                ? "landing failed and ends; nothing was committed"
                                : "landing failed; nothing was committed, and it begins anew at the committed offsets");
    }

    private void pause() {
        try {
            stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private boolean outOfPatience() {
        return stopping() && System.nanoTime() - giveUpAt > 0;
    }
}
