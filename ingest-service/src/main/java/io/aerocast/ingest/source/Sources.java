package io.aerocast.ingest.source;

import io.aerocast.service.HealthFact;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The enabled sources. They start once the topics exist.
public final class Sources extends StartsWithTopics implements HealthFact {

    private final List<PositionedRun> positioned;
    private final List<PolledRun> polled;

    Sources(List<PositionedRun> positioned, List<PolledRun> polled, MeterRegistry meters) {
        this.positioned = List.copyOf(positioned);
        this.polled = List.copyOf(polled);
        for (PositionedRun run : this.positioned) {
            Gauge.builder("aerocast.source.position", run, r -> r.status().position())
                    .description("Entries of a source that the broker has acknowledged, over all starts")
                    .tag("source", run.status().source())
                    .register(meters);
        }
    }

    /// The state of each source that has a position.
    public List<SourceStatus> status() {
        return positioned.stream().map(PositionedRun::status).toList();
    }

    @Override
    protected void begin() {
        workers().forEach(Worker::start);
    }

    @Override
    protected void end() {
        workers().forEach(Worker::requestStop);
        workers().forEach(Worker::stop);
    }

    private Stream<Worker> workers() {
        return Stream.concat(
                polled.stream().map(PolledRun::worker), positioned.stream().map(PositionedRun::worker));
    }

    /// A polled source under its kind, those with a position together under `sources`.
    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        polled.forEach(run -> facts.put(run.kind(), run.facts()));
        Map<String, Object> sources = new LinkedHashMap<>();
        status().forEach(status -> sources.put(status.source(), status.facts()));
        facts.put("sources", sources);
        return facts;
    }

    @Override
    public boolean ok() {
        return status().stream().allMatch(status -> status.problem() == null);
    }
}
