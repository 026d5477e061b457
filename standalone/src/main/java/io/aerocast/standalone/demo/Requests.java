package io.aerocast.standalone.demo;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.standalone.client.Api;
import io.aerocast.standalone.healing.HealingReport.RequestCount;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client that requests forecasts from the api all the time, so that a model swap that drops a request shows.
final class Requests implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Api api;
    private final String pipeline;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable Lookback lookback;
    private @Nullable Thread thread;

    Requests(int apiPort, String pipeline) {
        this.api = new Api(URI.create("http://127.0.0.1:" + apiPort));
        this.pipeline = pipeline;
    }

    /// Sets the lookback of the next requests. The first call starts the client.
    void forecastFrom(Lookback from) {
        lookback = from;
        if (thread == null) {
            thread = Thread.ofVirtual().name("requests").start(this::sendUntilInterrupted);
        }
    }

    RequestCount count() {
        return new RequestCount(answered.get(), failed.get());
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
        api.close();
    }

    private void sendUntilInterrupted() {
        try {
            for (Lookback from = lookback; from != null; from = lookback) {
                send(from);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void send(Lookback from) throws InterruptedException {
        try {
            api.predict(pipeline, null, ModelKinds.BLEND, "demo", from);
            answered.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            // A RuntimeException is a reply of another form than documented.
            failed.incrementAndGet();
            log.atWarn().addKeyValue("reason", e.toString()).log("a request for a forecast failed");
        }
    }
}
