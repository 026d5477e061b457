package io.aerocast.standalone.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.ingest.source.Heatwave;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.Training;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The quality check does not suspect genuine readings.
class GenuineDataTest {

    @TempDir
    Path directory;

    /// The one suspect reading of the year is the −10.5 °C between 13.9 °C and 14.0 °C of 2013-05-09.
    @Test
    void aYearOfJfkHasOneSuspectReading() throws IOException {
        Quality quality = quality("noaa", ShipModels.jfk(Instant.MAX));

        assertThat(quality.features()).map(FeatureQuality::spikes).containsExactly(1, 0, 0);
        assertThat(quality.features()).map(FeatureQuality::stuck).containsOnly(0);
        assertThat(quality.movedAlone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neitherTheSimulatorsCalmNorItsHeatwaveIsSuspect(long seed) throws IOException {
        Quality quality =
                quality("sim", ShipModels.simulated(new Heatwave(seed, 1_000, OptionalLong.of(1_000)), 3_000));

        assertThat(quality.suspectShare()).isZero();
    }

    private Quality quality(String name, List<Observation> observations) throws IOException {
        Pipeline pipeline = Pipelines.builtIn().require(name);
        ShipModels.land(directory, pipeline, observations);
        return Dataset.of(pipeline, Training.withDefaults().samples(pipeline, directory))
                .quality();
    }
}
