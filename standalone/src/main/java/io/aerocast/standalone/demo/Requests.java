package io.aerocast.standalone.demo;

import io.aerocast.forecast.Lookback;
import io.aerocast.standalone.client.Api;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client that asks the api for forecasts all the time, so that a swap that dropped a request would be seen.
final class Requests implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Api api;
    private final String pipeline;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable Lookback lookback;
    private @Nullable Thread asking;

    Requests(int apiPort, String pipeline) {
        this.api = new Api(URI.create("http://127.0.0.1:" + apiPort));
        this.pipeline = pipeline;
    }

    /// What to ask for from now on; the first call begins the asking.
    void ask(Lookback from) {
        lookback = from;
        if (asking == null) {
            asking = Thread.ofVirtual().name("requests").start(this::askUntilInterrupted);
        }
    }

    /// Requests that got a forecast.
    long answered() {
        return answered.get();
    }

    /// Requests that got anything else, or nothing.
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        if (asking != null) {
            asking.interrupt();
        }
        api.close();
    }

    private void askUntilInterrupted() {
        try {
            for (Lookback from = lookback; from != null; from = lookback) {
                ask(api, from);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void ask(Api server, Lookback from) throws InterruptedException {
        try {
            server.predict(pipeline, DemoSettings.MODEL, "demo", from);
            answered.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            // Also a reply that is not what was agreed on.
            failed.incrementAndGet();
            log.atWarn().addKeyValue("reason", e.toString()).log("a request for a forecast failed");
        }
    }
}
