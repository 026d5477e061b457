package io.aerocast.trainer.track;

import io.aerocast.service.Backoff;
import io.aerocast.service.HealthFact;
import io.aerocast.service.Worker;
import io.aerocast.trainer.track.Outbox.Change;
import io.aerocast.trainer.track.Outbox.Entry;
import io.aerocast.trainer.track.Outbox.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Delivers the messages of the outbox to a tracking server, one after the other:
///
/// ```
///  outbox ─► first message ─► server ─┬─ taken ───► removed ──► next
///                 ▲                   ├─ refused ─► set aside ─► next
///                 └──── pause ◄───────┴─ away, slow or failing
/// ```
///
/// A message that was delivered just before a crash is delivered again; the run log of the server takes it once.
final class Delivery implements SmartLifecycle, HealthFact {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final LocalRunLog local;
    private final @Nullable TrackingServer server;
    private final MeterRegistry meters;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Worker worker = Worker.interruptible("tracking", STOP, this::deliver);
    private volatile @Nullable Trouble trouble;

    /// Why delivery fails.
    private record Trouble(Instant since, String cause) {}

    /// @param server the receiver, or `null` if there is none
    Delivery(Outbox outbox, LocalRunLog local, @Nullable TrackingServer server, MeterRegistry meters) {
        this.outbox = outbox;
        this.local = local;
        this.server = server;
        this.meters = meters;
        Gauge.builder("aerocast.tracking.outbox.messages", outbox::size)
                .description("Runs and rollbacks that wait for the tracking server")
                .register(meters);
        for (String outcome : new String[] {"delivered", "refused", "failed"}) {
            count(outcome, 0);
        }
    }

    @Override
    public void start() {
        if (server != null) {
            worker.start();
        }
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.running();
    }

    private void deliver() throws InterruptedException {
        TrackingServer receiver = Objects.requireNonNull(server);
        Backoff backoff = new Backoff(FIRST_PAUSE, receiver.longestPause());
        while (!worker.stopping()) {
            if (deliverFirst(receiver)) {
                backoff.reset();
            } else {
                worker.pause(backoff.next());
            }
        }
    }

    /// @return whether to continue at once
    private boolean deliverFirst(TrackingServer receiver) throws InterruptedException {
        try {
            Optional<Entry> first = outbox.first(IDLE);
            if (first.isPresent()) {
                deliver(first.get(), receiver);
                trouble = null;
            }
            return true;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            // The message is kept and retried after any error; this thread has no other work.
            report(e, receiver);
            return false;
        }
    }

    private void deliver(Entry entry, TrackingServer receiver) throws IOException, InterruptedException {
        try {
            send(entry, receiver);
            outbox.remove(entry);
            delivered.increment();
            count("delivered", 1);
        } catch (RefusedException e) {
            outbox.setAside(entry);
            refused.increment();
            count("refused", 1);
            log.atError()
                    .addKeyValue("message", entry.message())
                    .addKeyValue("server", receiver.address())
                    .addKeyValue("cause", e.getMessage())
                    .log("tracking server refused a message, it is set aside");
        }
    }

    private void send(Entry entry, TrackingServer receiver) throws IOException, InterruptedException {
        switch (entry.message()) {
            case Run(String key) -> {
                TrackedRun run = local.find(key)
                        .orElseThrow(() -> new RefusedException("Run %s is not in the data directory".formatted(key)));
                receiver.log().log(run, local.files(key));
                log.atInfo()
                        .addKeyValue("pipeline", run.pipeline())
                        .addKeyValue("feature", run.feature())
                        .addKeyValue("model", run.model())
                        .addKeyValue("version", String.valueOf(run.version()))
                        .addKeyValue("server", receiver.address())
                        .log("run tracked");
            }
            case Change(ModelChange change) -> receiver.log().log(change);
        }
    }

    private void report(Throwable e, TrackingServer receiver) {
        String cause = e.getMessage() == null ? e.toString() : e.getMessage();
        Trouble before = trouble;
        Instant since = before == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : before.since();
        trouble = new Trouble(since, cause);
        count("failed", 1);
        if (before == null || !before.cause().equals(cause)) {
            log.atWarn()
                    .addKeyValue("server", receiver.address())
                    .addKeyValue("waiting", outbox.size())
                    .addKeyValue("cause", cause)
                    .setCause(e instanceof IOException ? null : e)
                    .log("delivery to the tracking server failed, trying again");
        }
    }

    private void count(String outcome, int times) {
        Counter.builder("aerocast.tracking.deliveries")
                .description("Attempts to deliver a message to the tracking server, by outcome")
                .tag("outcome", outcome)
                .register(meters)
                .increment(times);
    }

    /// `tracking`: the server or `none`; the number of messages that wait, and of those delivered and refused since
    /// the start; the cause if delivery fails.
    @Override
    public Map<String, Object> facts() {
        Map<String, Object> tracking = new LinkedHashMap<>();
        tracking.put("server", server == null ? "none" : server.address());
        tracking.put("waiting", outbox.size());
        tracking.put("delivered", delivered.sum());
        tracking.put("refused", refused.sum());
        Trouble now = trouble;
        if (now != null) {
            tracking.put("failingSince", now.since().toString());
            tracking.put("cause", now.cause());
        }
        return Map.of("tracking", tracking);
    }
}
