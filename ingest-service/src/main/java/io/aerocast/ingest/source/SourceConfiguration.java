package io.aerocast.ingest.source;

import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SourceConfiguration {

    @Bean
    @ConditionalOnBooleanProperty("aerocast.ingest.simulator.enabled")
    Simulator simulator(SimulatorProperties properties, Pipelines pipelines, Clock clock) {
        return new Simulator(properties, pipelines.require(properties.pipeline()), clock);
    }

    @Bean
    SimulatorController simulatorController(ObjectProvider<Simulator> simulators) {
        return new SimulatorController(simulators.stream().toList());
    }

    @Bean
    Sources sources(
            SourcesProperties properties,
            ObjectProvider<Simulator> simulators,
            ReplayProperties replay,
            Pipelines pipelines,
            ObservationPublisher publisher,
            ObjectProvider<PolledSource> polled,
            MeterRegistry meters) {
        Path positions = properties.dataDirectory().resolve("positions");
        List<PositionedRun> positioned = positioned(simulators, replay, pipelines).stream()
                .map(source -> new PositionedRun(
                        source,
                        new PositionFile(positions.resolve(source.identity())),
                        properties.maxInFlight(),
                        publisher))
                .toList();
        return new Sources(positioned, polled.stream().map(PolledRun::new).toList(), meters);
    }

    private static List<PositionedSource> positioned(
            ObjectProvider<Simulator> simulators, ReplayProperties replay, Pipelines pipelines) {
        List<PositionedSource> enabled = new ArrayList<>(simulators.stream().toList());
        if (replay.enabled()) {
            enabled.add(new Replay(replay, pipelines.require(replay.pipeline())));
        }
        return enabled;
    }
}
