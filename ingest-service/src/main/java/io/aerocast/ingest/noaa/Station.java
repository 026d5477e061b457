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

/// The state of one station: the content of its latest records, so that only new and completed ones are published,
/// and the time from which the next request is allowed.
///
/// `waiting` before the first request; `running` after an answer, or `silent` if the station has never sent an
/// observation; `failing` after a failed request.
///
/// Used by one thread, except for [#facts()].
final class Station {

    private final String id;
    private final int remembered;
    /// Content by origin. An origin ends in the time of observation, so that the first entry is the oldest.
    private final TreeMap<String, Object> published = new TreeMap<>();

    private @Nullable Instant newest;
    private @Nullable String lastModified;
    private @Nullable Duration pause;
    private Instant due = Instant.MIN;
    private volatile Map<String, Object> facts = Map.of("state", "waiting");

    /// @param remembered number of the newest records whose content is kept for comparison
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

    /// Whether no record of this station was published yet.
    boolean isNew() {
        return published.isEmpty();
    }

    boolean dueAt(Instant now) {
        return !due.isAfter(now);
    }

    /// The records of an answer that are new or whose content has changed. A record without any reading is left
    /// out: the service has not completed it yet.
    List<Received> changed(List<Received> answer) {
        return answer.stream()
                .filter(received -> !content(received).equals(published.getOrDefault(received.origin(), Map.of())))
                .toList();
    }

    private static Object content(Received received) {
        return switch (received) {
            case Measured measured -> measured.observation().readings();
            case Malformed malformed -> new String(malformed.payload(), StandardCharsets.UTF_8);
        };
    }

    /// Records an answer whose changed records the broker has acknowledged.
    void recordPublished(List<Received> answer, @Nullable String lastModified, Instant now) {
        for (Received received : answer) {
            published.put(received.origin(), content(received));
            if (received instanceof Measured(Observation observation, var _, var _)
                    && (newest == null || observation.timestamp().isAfter(newest))) {
                newest = observation.timestamp();
            }
        }
        while (published.size() > remembered) {
            published.pollFirstEntry();
        }
        this.lastModified = lastModified;
        recordSuccess(now);
    }

    /// Records an answer of the service, with or without new records.
    void recordSuccess(Instant now) {
        pause = null;
        due = now;
        facts = newest == null ? Map.of("state", "silent") : Map.of("state", "running", "newest", newest.toString());
    }

    /// Records a failed request and backs off exponentially.
    ///
    /// @param retryAfter the pause that the service requests, or `null`
    /// @param first pause after the first failure
    /// @param longest upper limit of the pause, except for `retryAfter`
    /// @return the pause until the next request
    Duration recordFailure(
            String reason, @Nullable Duration retryAfter, Duration first, Duration longest, Instant now) {
        Duration next = pause == null ? first : pause.multipliedBy(2);
        next = next.compareTo(longest) > 0 ? longest : next;
        pause = next;
        Duration wait = retryAfter != null && retryAfter.compareTo(next) > 0 ? retryAfter : next;
        due = now.plus(wait);
        facts = Map.of("state", "failing", "problem", reason);
        return wait;
    }

    /// The state for `/healthz`.
    Map<String, Object> facts() {
        return facts;
    }
}
