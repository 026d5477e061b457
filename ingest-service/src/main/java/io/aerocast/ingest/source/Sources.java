package io.aerocast.ingest.source;

import io.aerocast.service.HealthFact;
import io.aerocast.service.StartsWithTopics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sources that are enabled. They start once the topics are there.
public final class Sources extends StartsWithTopics implements HealthFact {

    private final List<SourceRun> runs;

    Sources(List<SourceRun> runs, MeterRegistry meters) {
        this.runs = List.copyOf(runs);
        for (SourceRun run : this.runs) {
            Gauge.builder("aerocast.source.position", run, r -> r.status().position())
                    .description("Entries of a source that the broker has acknowledged, over all starts")
                    .tag("source", run.status().source())
                    .register(meters);
        }
    }

    /// How each of them is doing.
    public List<SourceStatus> status() {
        return runs.stream().map(SourceRun::status).toList();
    }

    @Override
    protected void begin() {
        runs.forEach(SourceRun::start);
    }

    @Override
    protected void end() {
        runs.forEach(SourceRun::requestStop);
        runs.forEach(SourceRun::stop);
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (SourceStatus status : status()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("state", status.state().label());
            facts.put("position", status.position());
            if (status.problem() != null) {
                facts.put("problem", status.problem());
            }
            sources.put(status.source(), facts);
        }
        return Map.of("sources", sources);
    }
}
