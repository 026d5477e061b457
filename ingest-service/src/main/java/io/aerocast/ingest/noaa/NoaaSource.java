package io.aerocast.ingest.noaa;

import io.aerocast.ingest.noaa.Answer.Records;
import io.aerocast.ingest.noaa.Answer.Refused;
import io.aerocast.ingest.noaa.Answer.Unchanged;
import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.source.PolledSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls all stations in turn. Each request repeats the station's latest records, because the service still
/// completes them; a record is published again only if it has changed, under the same station and time, and
/// readers take the newest. For the same reason the first poll after a start may publish the service's backlog
/// once more.
final class NoaaSource implements PolledSource {

    private static final Logger log = LoggerFactory.getLogger(NoaaSource.class);
    private static final String KIND = "noaa";

    private final NoaaProperties properties;
    private final NoaaClient client;
    private final RecordForm form;
    private final ObservationPublisher publisher;
    private final Clock clock;
    private final MeterRegistry meters;
    private final List<Station> stations;

    NoaaSource(
            NoaaProperties properties,
            NoaaClient client,
            RecordForm form,
            ObservationPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        this.properties = properties;
        this.client = client;
        this.form = form;
        this.publisher = publisher;
        this.clock = clock;
        this.meters = meters;
        this.stations = properties.stations().stream()
                .distinct()
                .map(id -> new Station(id, properties.backlog()))
                .toList();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration interval() {
        return properties.interval();
    }

    @Override
    public void poll(Pause pause) throws InterruptedException {
        for (Station station : stations) {
            if (station.dueAt(clock.instant())) {
                request(station);
                pause.pause(properties.pause());
            }
        }
    }

    private void request(Station station) throws InterruptedException {
        int limit = station.isNew() ? properties.backlog() : properties.newest();
        switch (client.request(station.id(), limit, station.lastModified())) {
            case Records(var body, var lastModified) -> publish(station, body, lastModified);
            case Unchanged _ -> {
                count("unchanged");
                station.recordSuccess(clock.instant());
            }
            case Refused(String reason, var retryAfter) -> failed(station, reason, retryAfter);
        }
    }

    private void publish(Station station, byte[] body, @Nullable String lastModified) throws InterruptedException {
        boolean first = station.isNew();
        try {
            List<Received> answer = form.read(station.id(), body);
            List<Received> changed = station.changed(answer);
            CompletableFuture<?>[] sent = changed.stream()
                    .map(received -> publisher.publish(KIND, received))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(sent).get();
            // The first request had another limit, so its Last-Modified does not apply to the next one.
            station.recordPublished(answer, first ? null : lastModified, clock.instant());
            count("records");
            if (!changed.isEmpty()) {
                log.atInfo()
                        .addKeyValue("station", station.id())
                        .addKeyValue("records", changed.size())
                        .log("observations received");
            }
        } catch (IllegalArgumentException e) {
            failed(station, String.valueOf(e.getMessage()), null);
        } catch (ExecutionException e) {
            failed(station, "not acknowledged by the broker: " + e.getCause(), null);
        }
    }

    private void failed(Station station, String reason, @Nullable Duration retryAfter) {
        count("failed");
        Instant now = clock.instant();
        Duration wait =
                station.recordFailure(reason, retryAfter, properties.interval(), properties.longestPause(), now);
        log.atWarn()
                .addKeyValue("station", station.id())
                .addKeyValue("retryAfter", wait)
                .addKeyValue("reason", reason)
                .log("request for observations failed");
    }

    private void count(String outcome) {
        Counter.builder("aerocast.noaa.requests")
                .description("Requests to the National Weather Service")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        stations.forEach(station -> facts.put(station.id(), station.facts()));
        return facts;
    }
}
