package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.run.Collector.Collected;
import io.aerocast.trainer.run.Collector.Look;
import io.aerocast.trainer.run.Collector.Waits;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {

    private static final Instant START = Instant.parse("2026-11-23T03:51:00Z");
    private static final DatasetProperties PROPERTIES = new DatasetProperties(
            168,
            Duration.ofDays(9),
            Duration.ofHours(12),
            Duration.ofMillis(1),
            0.2,
            0,
            0.15,
            2000,
            10,
            0.6,
            8,
            20_000);

    @TempDir
    Path directory;

    private Instant now = START;
    private Pipeline pipeline;
    private Collector collector;
    private long landed;

    @BeforeEach
    void open() throws Exception {
        pipeline = Pipelines.read(Path.of("src/test/resources/data-directory-1/pipelines.json"))
                .require("garden");
        collector = new Collector(new LandedData(new Lake(directory), 1000), PROPERTIES, () -> now);
    }

    @Test
    void aRunThatAnswersADriftWaitsUntilTheDeadlineWhileDataArrive() throws IOException {
        OpenRun run = new OpenRun(signal(RetrainReason.DRIFT, null));
        land("lab", 20);
        for (int hours = 0; hours < 9 * 24; hours += 6) {
            now = START.plus(Duration.ofHours(hours));
            land("lab", 1);
            assertThat(look(run)).isInstanceOf(Waits.class);
        }

        now = START.plus(PROPERTIES.maximumWait());

        Collected collected = (Collected) look(run);
        assertThat(collected.splits().get("temperature")).isInstanceOf(Split.TooFew.class);
        assertThat(collected.took()).isEqualTo(PROPERTIES.maximumWait());
    }

    @Test
    void aRunDoesNotWaitWhileNoDataArrive() throws IOException {
        OpenRun run = new OpenRun(signal(RetrainReason.DEGRADED, null));
        land("lab", 20);
        assertThat(look(run)).isInstanceOf(Waits.class);
        assertThat(collector.worthALook(run, pipeline)).isFalse();

        now = START.plus(PROPERTIES.maximumSilence());

        assertThat(collector.worthALook(run, pipeline)).isTrue();
        assertThat(((Collected) look(run)).missing()).contains("no data have arrived since " + START);
    }

    @Test
    void aRunForAStationWithoutDataEndsAtOnce() throws IOException {
        land("lab", 20);

        Collected collected = (Collected) look(new OpenRun(signal(RetrainReason.DRIFT, "nowhere")));

        assertThat(collected.missing()).contains("no data of station nowhere have landed");
    }

    @Test
    void aRunEndsItsWaitWithTheLastMissingGridTime() throws IOException {
        OpenRun run = new OpenRun(signal(RetrainReason.DRIFT, "lab"));
        land("lab", 100);
        assertThat(look(run)).isInstanceOf(Waits.class);
        assertThat(run.waiting().orElseThrow().needed()).isEqualTo(168);

        land("lab", 100);

        assertThat(collector.worthALook(run, pipeline)).isTrue();
        assertThat(((Collected) look(run)).splits().get("temperature")).isInstanceOf(Split.Parts.class);
    }

    @Test
    void aRunByHandDoesNotWait() {
        now = START.plusSeconds(1);

        Collected collected = (Collected) look(new OpenRun(signal(RetrainReason.MANUAL, null)));

        assertThat(collected.splits().get("temperature")).isInstanceOf(Split.TooFew.class);
        assertThat(collected.took()).isEqualTo(Duration.ofSeconds(1));
    }

    private Look look(OpenRun run) {
        return collector.look(run, pipeline, pipeline.views(), run.changedSince(), START);
    }

    private void land(String station, int seconds) throws IOException {
        List<LandedObservation> rows = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            Instant time = START.plusSeconds(landed);
            Observation observation = new Observation("garden", station, time, Map.of("temperature", 20.0 + i % 7));
            rows.add(new LandedObservation(observation, 0, landed++, time));
        }
        new Lake(directory).write(pipeline, rows);
    }

    private static RetrainSignal signal(RetrainReason reason, @Nullable String station) {
        return new RetrainSignal("id", "garden", reason, START, station, null, START, "a test", Map.of());
    }
}
