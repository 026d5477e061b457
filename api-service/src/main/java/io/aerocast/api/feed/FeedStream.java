package io.aerocast.api.feed;

import io.aerocast.api.feed.EventFeed.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes the events of a feed to one client, in the format of server-sent events
/// ([HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
///
/// The id of an event is `<start of the service>-<number>`, so that another replica, or the same one after a
/// restart, does not take it for one of its own.
final class FeedStream {

    private static final String START = "start";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,16})-([0-9]{1,18})");
    private static final byte[] END = {'\n', '\n'};

    private final EventFeed feed;
    private final String origin;
    private final Duration heartbeat;
    private final JsonMapper json;
    private final AtomicInteger clients = new AtomicInteger();

    /// @param origin identity of the feed
    FeedStream(EventFeed feed, String origin, Duration heartbeat, JsonMapper json) {
        this.feed = feed;
        this.origin = origin;
        this.heartbeat = heartbeat;
        this.json = json;
    }

    /// The events that a client wants.
    ///
    /// @param pipeline of this pipeline alone, or `null`
    /// @param station of this station alone, and those of the whole pipeline, or `null`
    record Wanted(@Nullable String pipeline, @Nullable String station) {

        boolean matches(FeedEvent event) {
            return (pipeline == null || pipeline.equals(event.pipeline()))
                    && (station == null || event.station() == null || station.equals(event.station()));
        }
    }

    /// The first event, and the one after a gap.
    ///
    /// @param resumed whether all events after the client's last one follow
    private record Start(boolean resumed) {}

    /// Writes events until the client leaves or the feed is closed.
    ///
    /// @param lastId id of the last event that the client has received, or `null`
    /// @throws IOException once the client has left
    void write(Wanted wanted, @Nullable String lastId, OutputStream out) throws IOException, InterruptedException {
        clients.incrementAndGet();
        try {
            follow(wanted, lastId, out);
        } finally {
            clients.decrementAndGet();
        }
    }

    /// Whether there is a client.
    boolean listened() {
        return clients.get() > 0;
    }

    private void follow(Wanted wanted, @Nullable String lastId, OutputStream out)
            throws IOException, InterruptedException {
        out.write("retry: %d\n\n".formatted(RETRY.toMillis()).getBytes(StandardCharsets.UTF_8));
        Optional<Long> resumed = position(lastId);
        long position = resumed.orElseGet(feed::newest);
        start(position, resumed.isPresent(), out);
        long written = System.nanoTime();
        while (!feed.closed()) {
            Optional<Batch> batch = feed.after(position, heartbeat);
            if (batch.isPresent()) {
                position = batch.get().last();
                written = write(batch.get(), wanted, out) ? System.nanoTime() : keepAlive(written, out);
            } else if (!feed.closed()) {
                position = feed.newest();
                start(position, false, out);
            }
        }
    }

    /// The position of an id, unless events after it have been forgotten.
    private Optional<Long> position(@Nullable String id) {
        Matcher parts = ID.matcher(id == null ? "" : id);
        if (!parts.matches() || !parts.group(1).equals(origin)) {
            return Optional.empty();
        }
        return Optional.of(Long.valueOf(parts.group(2))).filter(feed::follows);
    }

    private void start(long position, boolean resumed, OutputStream out) throws IOException {
        write(START, position, json.writeValueAsBytes(new Start(resumed)), out);
        out.flush();
    }

    /// @return whether the client wanted one of the events
    private boolean write(Batch batch, Wanted wanted, OutputStream out) throws IOException {
        boolean any = false;
        for (int i = 0; i < batch.events().size(); i++) {
            FeedEvent event = batch.events().get(i);
            if (wanted.matches(event)) {
                String name = event.kind().name().toLowerCase(Locale.ROOT);
                write(name, batch.numberOf(i), event.data().json(json), out);
                any = true;
            }
        }
        if (any) {
            out.flush();
        }
        return any;
    }

    /// Writes a comment if it has been quiet for long.
    ///
    /// @param written [System#nanoTime] of the last write
    /// @return the same after this call
    private long keepAlive(long written, OutputStream out) throws IOException {
        if (System.nanoTime() - written < heartbeat.toNanos()) {
            return written;
        }
        out.write(": heartbeat\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        return System.nanoTime();
    }

    private void write(String name, long number, byte[] data, OutputStream out) throws IOException {
        out.write("event: %s\nid: %s-%d\ndata: ".formatted(name, origin, number).getBytes(StandardCharsets.UTF_8));
        out.write(data);
        out.write(END);
    }
}
