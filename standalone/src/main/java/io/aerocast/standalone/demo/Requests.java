package io.aerocast.standalone.demo;

import io.aerocast.forecast.Lookback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A client that asks the api for forecasts all the time, so that a swap that dropped a request would be seen.
final class Requests implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client;
    private final URI predict;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable String body;
    private volatile boolean closed;
    private @Nullable Thread asking;

    Requests(HttpClient client, int apiPort) {
        this.client = client;
        this.predict = URI.create("http://127.0.0.1:%d/predict".formatted(apiPort));
    }

    /// What to ask for from now on; the first call begins the asking. A lookback with gaps is not asked for.
    void ask(String pipeline, Lookback lookback) {
        boolean complete =
                Arrays.stream(lookback.rows()).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
        if (!complete) {
            return;
        }
        body = MAPPER.writeValueAsString(java.util.Map.of("pipeline", pipeline, "sequence", lookback.rows()));
        if (asking == null) {
            asking = Thread.ofVirtual().name("requests").start(this::askUntilClosed);
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
        closed = true;
        if (asking != null) {
            asking.interrupt();
        }
    }

    private void askUntilClosed() {
        while (!closed) {
            try {
                (ok() ? answered : failed).incrementAndGet();
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private boolean ok() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(predict)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(String.valueOf(body)))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }
}
