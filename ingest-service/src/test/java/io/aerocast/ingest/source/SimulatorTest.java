package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SimulatorTest {

    private static final Pipeline SIM = Pipelines.builtIn().require("sim");
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00.700Z");

    @Test
    void advancesByTheCadenceFromItsStart() throws IOException {
        PositionedSource.Reading reading = simulator(Map.of()).open(0);

        Measured first = next(reading);
        assertThat(first.observation().timestamp()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(first.observation().station()).isEqualTo("SIM-1");
        assertThat(first.origin()).isEqualTo("simulator SIM-1@0");
        assertThat(Topics.OBSERVATIONS.codec().decode(first.payload())).isEqualTo(first.observation());
        assertThat(next(reading).observation().timestamp()).isEqualTo("2020-01-01T00:00:01Z");
        assertThat(reading.position()).isEqualTo(2);
    }

    @Test
    void continuesAtItsPosition() throws IOException {
        PositionedSource.Reading unbroken = simulator(Map.of()).open(0);
        for (int step = 0; step < 700; step++) {
            next(unbroken);
        }

        Observation expected = next(unbroken).observation();

        assertThat(next(simulator(Map.of()).open(700)).observation()).isEqualTo(expected);
    }

    @Test
    void staysCalmIfConfigured() throws IOException {
        Observation calm = next(simulator(Map.of("calm-only", "1", "calm-steps", 10))
                        .open(500))
                .observation();
        Observation heatwave =
                next(simulator(Map.of("calm-steps", 10)).open(500)).observation();

        assertThat(calm.readings())
                .isEqualTo(Map.of("temperature", Heatwave.never(1).temperature(500)));
        assertThat(heatwave.readings()).isNotEqualTo(calm.readings());
    }

    @Test
    void observesEachGridPointOnceInRealTime() throws IOException {
        PositionedSource simulator = simulator(Map.of("pace", "real-time", "interval", "5ms"));
        PositionedSource.Reading reading = simulator.open(41);

        assertThat(simulator.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(next(reading).observation().timestamp()).isEqualTo("2026-11-23T04:00:00Z");
        assertThat(next(reading).observation().timestamp()).isEqualTo("2026-11-23T04:00:01Z");
        assertThat(reading.position()).isEqualTo(43);
    }

    private static Measured next(PositionedSource.Reading reading) throws IOException {
        return (Measured) reading.next().orElseThrow();
    }

    private static Simulator simulator(Map<String, Object> keys) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        keys.forEach((key, value) -> source.put("aerocast.ingest.simulator." + key, value));
        SimulatorProperties properties =
                new Binder(source).bindOrCreate("aerocast.ingest.simulator", SimulatorProperties.class);
        return new Simulator(properties, SIM, InstantSource.fixed(NOW).withZone(ZoneOffset.UTC));
    }
}
