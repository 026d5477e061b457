package io.aerocast.ingest.noaa;

import io.aerocast.event.Observation;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is remembered of a station: what its records said, so that only new and completed ones are published, and when
/// it
/// may be asked again. Used by one thread but for [#facts()].
final class Station {

    private final String id;
    private final int remembered;
    /// By origin, which ends in the time as the service writes it.
    private final TreeMap<String, Object> published = new TreeMap<>();

    private @Nullable Instant newest;
    private @Nullable String lastModified;
    private @Nullable Duration pause;
    private Instant due = Instant.MIN;
    private volatile Map<String, Object> facts = Map.of("state", "waiting");

    /// @param remembered records that are compared with what was published, the newest ones
    Station(String id, int remembered) {
        this.id = id;
        this.remembered = remembered;
    }

    String id() {
        return id;
    }

    @Nullable
    String lastModified() {
        return lastModified;
    }

    /// Whether nothing was read from it yet.
    boolean isNew() {
        return published.isEmpty();
    }

    boolean dueAt(Instant now) {
        return !due.isAfter(now);
    }

    /// The records of an answer that are new, or say more or other than before. One without any reading says nothing
    /// yet.
    List<Received> news(List<Received> answer) {
        return answer.stream()
                .filter(received -> !said(received).equals(published.getOrDefault(received.origin(), Map.of())))
                .toList();
    }

    private static Object said(Received received) {
        return switch (received) {
            case Measured measured -> measured.observation().readings();
            case Malformed malformed -> new String(malformed.payload(), StandardCharsets.UTF_8);
        };
    }

    /// An answer was read and what was new in it acknowledged.
    void read(List<Received> answer, @Nullable String lastModified, Instant now) {
        for (Received received : answer) {
            published.put(received.origin(), said(received));
            if (received instanceof Measured(Observation observation, var _, var _)
                    && (newest == null || observation.timestamp().isAfter(newest))) {
                newest = observation.timestamp();
            }
        }
        while (published.size() > remembered) {
            published.pollFirstEntry();
        }
        this.lastModified = lastModified;
        went(now);
    }

    /// It answered, with news or without.
    void went(Instant now) {
        pause = null;
        due = now;
        facts = newest == null ? Map.of("state", "silent") : Map.of("state", "running", "newest", newest.toString());
    }

    /// It did not: the next time is later, the more so the more often.
    ///
    /// @return how long it is left alone
    Duration failed(String reason, @Nullable Duration retryAfter, Duration first, Duration longest, Instant now) {
        Duration next = pause == null ? first : pause.multipliedBy(2);
        next = next.compareTo(longest) > 0 ? longest : next;
        pause = next;
        Duration wait = retryAfter != null && retryAfter.compareTo(next) > 0 ? retryAfter : next;
        due = now.plus(wait);
        facts = Map.of("state", "failing", "problem", reason);
        return wait;
    }

    /// For `/healthz`.
    Map<String, Object> facts() {
        return facts;
    }
}
