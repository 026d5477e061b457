package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.run.Collector.Collected;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.Split;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {

    private static final Instant START = Instant.parse("2026-11-23T03:51:00Z");
    private static final DatasetProperties PROPERTIES =
            new DatasetProperties(168, Duration.ofDays(9), Duration.ofMillis(1), 0.2, 0.15, 2000, 10, 0.6, 8, 20_000);

    @TempDir
    Path directory;

    private final Deque<Instant> times = new ArrayDeque<>();
    private Pipeline pipeline;
    private Collector collector;

    @BeforeEach
    void open() throws Exception {
        Pipelines pipelines = Pipelines.read(Path.of("src/test/resources/data-directory-1/pipelines.json"));
        pipeline = pipelines.require("garden");
        collector = new Collector(
                new LandedData(new Lake(directory), 100),
                PROPERTIES,
                new TrainingStatus(pipelines, new SimpleMeterRegistry()),
                times::removeFirst);
    }

    @Test
    void aRunThatAnswersADriftWaitsUntilTheDeadline() throws Exception {
        Instant deadline = START.plus(PROPERTIES.maximumWait());
        Instant day = START.plus(Duration.ofDays(1));
        times.addAll(List.of(day, day, day, deadline, deadline, deadline));

        Collected collected = collector.collect(signal(RetrainReason.DRIFT), pipeline, START);

        assertThat(collected.split()).isInstanceOf(Split.TooFew.class);
        assertThat(collected.took()).isEqualTo(PROPERTIES.maximumWait());
        assertThat(times).isEmpty();
    }

    @Test
    void aRunByHandDoesNotWait() throws Exception {
        times.addAll(List.of(START.plusSeconds(1), START.plusSeconds(1)));

        Collected collected = collector.collect(signal(RetrainReason.MANUAL), pipeline, START);

        assertThat(collected.split()).isInstanceOf(Split.TooFew.class);
        assertThat(collected.took()).isEqualTo(Duration.ofSeconds(1));
    }

    private static RetrainSignal signal(RetrainReason reason) {
        return new RetrainSignal("id", "garden", reason, START, null, START, "a test", Map.of());
    }
}
