package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SourceConfiguration {

    @Bean
    Sources sources(
            SourcesProperties properties,
            SimulatorProperties simulator,
            ReplayProperties replay,
            Pipelines pipelines,
            ObservationPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        List<Source> enabled = new ArrayList<>();
        if (simulator.enabled()) {
            enabled.add(new Simulator(simulator, pipelines.require(simulator.pipeline()), clock));
        }
        if (replay.enabled()) {
            enabled.add(new Replay(replay, pipelines.require(replay.pipeline())));
        }
        List<SourceRun> runs = enabled.stream()
                .map(source -> new SourceRun(
                        source,
                        new PositionFile(
                                properties.dataDirectory().resolve("positions").resolve(source.identity())),
                        properties.maxInFlight(),
                        publisher))
                .toList();
        return new Sources(runs, meters);
    }
}
