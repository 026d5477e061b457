package io.aerocast.ingest.land;

import io.aerocast.event.Topics;
import io.aerocast.lake.ForeignLakeException;
import io.aerocast.service.Backoff;
import io.aerocast.service.HealthFact;
import io.aerocast.service.RootCause;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/// Runs a [Landing], and replaces a failed one, after a full disk or a lost broker, by a new one that begins at the
/// committed offsets. A permanent failure ends it: a lake that belongs to another topic, or an error of the JVM.
///
/// ```
///                              ┌──permanent failure──► failed
///  waiting ──topics exist──► running ──failure──► retrying ──┐
///                              │ ▲                           │
///                              │ └──────successful step──────┘
///                              └──stop──► stopped
/// ```
///
/// The state is `off` if landing is disabled.
final class Lander extends StartsWithTopics implements HealthFact {

    /// The consumer group of all landers.
    static final String GROUP = "aerocast-ingest-landing";

    private static final Logger log = LoggerFactory.getLogger(Lander.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FLUSH = Duration.ofMillis(500);

    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaAdmin admin;
    private final Intake intake;
    private final WindowWriter writer;
    private final LandingProperties limits;
    private final LandingMetrics metrics;
    private final Clock clock;
    private final Worker worker = Worker.patient("landing", FLUSH.multipliedBy(2), this::run);
    private final Backoff backoff = new Backoff(SHORTEST_PAUSE, LONGEST_PAUSE);
    private volatile long flushDeadline = Long.MAX_VALUE;
    private volatile @Nullable String problem;
    private volatile boolean failed;

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
    protected void begin() {
        if (limits.enabled()) {
            worker.start();
        }
    }

    /// Lands the open windows if the broker acknowledges within [#FLUSH], and ends. The producers are closed later.
    @Override
    protected void end() {
        flushDeadline = System.nanoTime() + FLUSH.toNanos();
        worker.stop();
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

    /// Landing that is switched off is as wanted.
    @Override
    public boolean ok() {
        return !limits.enabled() || (worker.running() && !failed && problem == null);
    }

    private String state() {
        if (!limits.enabled()) {
            return "off";
        }
        if (!worker.started()) {
            return "waiting";
        }
        if (failed) {
            return "failed";
        }
        return worker.running() ? (problem == null ? "running" : "retrying") : "stopped";
    }

    private void run() throws InterruptedException {
        while (!worker.stopping() && !failed) {
            try {
                landUntilStopped();
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                failed = e instanceof Error || RootCause.of(e) instanceof ForeignLakeException;
                report(e);
                if (!failed) {
                    worker.pause(backoff.next());
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
        Landing landing = new Landing(consumer, topic, intake, writer, limits, clock, this::flushDeadlinePassed);
        try {
            consumer.subscribe(List.of(Topics.OBSERVATIONS.name()), landing);
            while (!worker.stopping()) {
                landing.step();
                metrics.progress(landing.lag(), landing.oldestOpen().orElse(null));
                problem = null;
                backoff.reset();
            }
            landing.landAll();
        } finally {
            Thread.interrupted(); // a pending interrupt would keep the consumer from leaving its group
            landing.discard();
            consumer.close(CloseOptions.timeout(FLUSH));
        }
    }

    private void report(Throwable failure) {
        problem = String.valueOf(RootCause.of(failure));
        if (worker.stopping()) {
            log.atWarn()
                    .addKeyValue("reason", problem)
                    .log("stopped before all records landed; they are read again at the next start");
            return;
        }
        metrics.failed();
        log.atError()
                .addKeyValue("topic", Topics.OBSERVATIONS.name())
                .addKeyValue("reason", problem)
                .setCause(failure)
                .log(
                        failed
                                ? "landing failed permanently; no offset was committed"
                                : "landing failed; no offset was committed, retrying from the committed offsets");
    }

    private boolean flushDeadlinePassed() {
        return worker.stopping() && System.nanoTime() - flushDeadline > 0;
    }
}
