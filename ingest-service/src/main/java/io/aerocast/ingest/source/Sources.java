package io.aerocast.ingest.source;

import io.aerocast.service.HealthFact;
import io.aerocast.service.TopicsReady;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationListener;

/// The sources that are enabled. They start once the topics are there.
public final class Sources implements ApplicationListener<TopicsReady>, HealthFact, AutoCloseable {

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
    public void onApplicationEvent(TopicsReady ready) {
        runs.forEach(SourceRun::start);
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

    @Override
    public void close() throws InterruptedException {
        runs.forEach(SourceRun::stop);
        for (SourceRun run : runs) {
            run.close();
        }
    }
}
