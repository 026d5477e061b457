package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
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
            ObjectProvider<PolledSource> polled,
            Clock clock,
            MeterRegistry meters) {
        Path positions = properties.dataDirectory().resolve("positions");
        List<PositionedRun> positioned = positioned(simulator, replay, pipelines, clock).stream()
                .map(source -> new PositionedRun(
                        source,
                        new PositionFile(positions.resolve(source.identity())),
                        properties.maxInFlight(),
                        publisher))
                .toList();
        return new Sources(positioned, polled.stream().map(PolledRun::new).toList(), meters);
    }

    private static List<PositionedSource> positioned(
            SimulatorProperties simulator, ReplayProperties replay, Pipelines pipelines, Clock clock) {
        List<PositionedSource> enabled = new ArrayList<>();
        if (simulator.enabled()) {
            enabled.add(new Simulator(simulator, pipelines.require(simulator.pipeline()), clock));
        }
        if (replay.enabled()) {
            enabled.add(new Replay(replay, pipelines.require(replay.pipeline())));
        }
        return enabled;
    }
}
