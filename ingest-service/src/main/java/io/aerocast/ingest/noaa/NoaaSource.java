package io.aerocast.ingest.noaa;

import io.aerocast.ingest.noaa.Answer.Records;
import io.aerocast.ingest.noaa.Answer.Refused;
import io.aerocast.ingest.noaa.Answer.Unchanged;
import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.ingest.publish.Received;
import io.aerocast.service.HealthFact;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
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

/// Asks all stations in turn, round after round, from the moment the topics are there. What a station said before is
/// asked for again, and published again only where it has changed, under the same station and time: readers take the
/// newest. After a start the service's backlog is published once more, for the same reason without harm.
final class NoaaSource extends StartsWithTopics implements HealthFact {

    private static final Logger log = LoggerFactory.getLogger(NoaaSource.class);
    private static final String SOURCE = "noaa";
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    private final NoaaProperties properties;
    private final NoaaClient client;
    private final RecordForm form;
    private final ObservationPublisher publisher;
    private final Clock clock;
    private final MeterRegistry meters;
    private final List<Station> stations;
    private final Worker worker = Worker.interruptible(SOURCE, LAST_MOMENT, this::run);

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
    protected void begin() {
        worker.start();
    }

    @Override
    protected void end() {
        worker.stop();
        client.close();
    }

    private void run() throws InterruptedException {
        while (!worker.stopping()) {
            round();
            worker.pause(properties.interval());
        }
    }

    private void round() throws InterruptedException {
        for (Station station : stations) {
            if (station.dueAt(clock.instant())) {
                ask(station);
                worker.pause(properties.pause());
            }
        }
    }

    private void ask(Station station) throws InterruptedException {
        int limit = station.isNew() ? properties.backlog() : properties.newest();
        switch (client.ask(station.id(), limit, station.lastModified())) {
            case Records(var body, var lastModified) -> read(station, body, lastModified);
            case Unchanged _ -> {
                count("unchanged");
                station.went(clock.instant());
            }
            case Refused(String reason, var retryAfter) -> failed(station, reason, retryAfter);
        }
    }

    private void read(Station station, byte[] body, @Nullable String lastModified) throws InterruptedException {
        boolean first = station.isNew();
        try {
            List<Received> answer = form.read(station.id(), body);
            List<Received> news = station.news(answer);
            CompletableFuture<?>[] sent = news.stream()
                    .map(received -> publisher.publish(SOURCE, received))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(sent).get();
            // The first question was another one, so its Last-Modified says nothing about the next.
            station.read(answer, first ? null : lastModified, clock.instant());
            count("records");
            if (!news.isEmpty()) {
                log.atInfo()
                        .addKeyValue("station", station.id())
                        .addKeyValue("records", news.size())
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
        Duration wait = station.failed(reason, retryAfter, properties.interval(), properties.longestPause(), now);
        log.atWarn()
                .addKeyValue("station", station.id())
                .addKeyValue("retryAfter", wait)
                .addKeyValue("reason", reason)
                .log("no observations");
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
        return Map.of(SOURCE, facts);
    }
}
