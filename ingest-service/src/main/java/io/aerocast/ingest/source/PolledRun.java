package io.aerocast.ingest.source;

import io.aerocast.service.Worker;
import java.time.Duration;
import java.util.Map;

/// Polls one source at its interval. A stop interrupts a request in progress.
final class PolledRun {

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
            source.poll(worker::pause);
            worker.pause(source.interval());
        }
    }
}
