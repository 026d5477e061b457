package io.aerocast.system.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.demo.DemoSettings;
import io.aerocast.standalone.healing.Watch;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.Logs;
import io.aerocast.standalone.runtime.Ports;
import io.aerocast.standalone.runtime.Standalone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondStartTest {

    private static final Pipeline SIM = Pipelines.builtIn().require("sim");

    @TempDir
    Path parent;

    @Test
    void aSecondStartContinuesWhereTheFirstOneStopped() {
        DataHome directory = DataHome.open(parent.resolve("data"));
        Logs.toFile(directory.log());

        List<Instant> first = observe(directory, 100);
        List<Instant> second = observe(directory, 100);

        assertThat(first.getFirst()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(second.getFirst()).isAfterOrEqualTo(first.getLast());
        NavigableSet<Instant> landed = landed(directory);
        assertThat(landed).hasSizeGreaterThan(100);
        assertThat(SIM.after(landed.first(), landed.size() - 1))
                .as("no observation is missing in between")
                .isEqualTo(landed.last());
    }

    /// Runs the system until it has published this many observations, and as many have landed.
    private static List<Instant> observe(DataHome directory, int count) {
        List<Instant> seen = new ArrayList<>();
        try (Standalone standalone = new Standalone(directory, Ports.free())) {
            standalone.startBroker();
            try (Watch watch = new Watch(standalone.brokers())) {
                watch.on(Topics.OBSERVATIONS, (Observation event, Instant _) -> {
                    if (event.pipeline().equals("sim")) {
                        seen.add(event.timestamp());
                    }
                });
                watch.mark();
                standalone.startServices(DemoSettings.standard().services());
                watch.start();
                int before = landed(directory).size();
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    watch.poll(Duration.ofMillis(100));
                    return seen.size() >= count && landed(directory).size() >= before + count;
                });
            }
        }
        return seen;
    }

    private static NavigableSet<Instant> landed(DataHome directory) {
        try (Stream<LandedObservation> landed = new Lake(directory.root()).observations(SIM)) {
            return landed.map(row -> row.observation().timestamp()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
