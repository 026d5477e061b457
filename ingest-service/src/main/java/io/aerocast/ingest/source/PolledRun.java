package io.aerocast.ingest.source;

import io.aerocast.service.Worker;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls one source at its interval. A stop interrupts a request in progress. A poll that throws is repeated after
/// the interval.
final class PolledRun {

    private static final Logger log = LoggerFactory.getLogger(PolledRun.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final PolledSource source;
    private final Worker worker;

    PolledRun(PolledSource source) {
        this.source = source;
        this.worker = Worker.interruptible(source.kind(), GRACE, this::run);
    }

    String kind() {
        return source.kind();
    }

    Map<String, Object> facts() {
        return source.facts();
    }

    Worker worker() {
        return worker;
    }

    private void run() throws InterruptedException {
        while (!worker.stopping()) {
            poll();
            worker.pause(source.interval());
        }
    }

    private void poll() throws InterruptedException {
        try {
            source.poll(worker::pause);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("source", source.kind()).setCause(e).log("poll failed, trying again");
        }
    }
}
