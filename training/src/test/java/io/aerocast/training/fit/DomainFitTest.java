package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.forecast.InputDomain;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JFK in 2013.
class DomainFitTest {

    private static final Path YEAR = Path.of(
                    "..", "ingest-service", "src", "main", "resources", "io", "aerocast", "ingest", "source")
            .resolve("KJFK-2013.csv.gz");
    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");

    private static List<Observation> observations;
    private static List<Sample> genuine;

    @BeforeAll
    static void read() throws IOException {
        observations = ObservationFile.read(YEAR, NOAA).observations();
        genuine = samples(DoubleUnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12})
    void aMonthThatTheTrainingLeftOutIsInside(int month) {
        assertThat(outside(without(month), genuine, month)).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12})
    void readingsThatAre25DegreesTooHighAreOutside(int month) {
        assertThat(outside(without(month), samples(celsius -> celsius + 25), month))
                .isGreaterThan(0.98);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12})
    void readingsInFahrenheitAreOutside(int month) {
        assertThat(outside(without(month), samples(celsius -> 1.8 * celsius + 32), month))
                .isGreaterThan(0.98);
    }

    @Test
    void summerIsOutsideOfWinter() {
        InputDomain winter = DomainFit.of(Dataset.of(
                NOAA, genuine.stream().filter(sample -> month(sample) <= 2).toList()));

        assertThat(winter.season()).isNull();
        assertThat(outside(winter, genuine, 7)).isGreaterThan(0.98);
        assertThat(outside(winter, genuine, 3)).isLessThan(0.02);
    }

    private static InputDomain without(int month) {
        return DomainFit.of(Dataset.of(
                NOAA, genuine.stream().filter(sample -> month(sample) != month).toList()));
    }

    private static double outside(InputDomain domain, List<Sample> samples, int month) {
        return samples.stream()
                .filter(sample -> month(sample) == month)
                .mapToInt(sample -> domain.distance(sample.lookback()) > 1 ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static int month(Sample sample) {
        return sample.lookback().origin().atZone(ZoneOffset.UTC).getMonthValue();
    }

    private static List<Sample> samples(DoubleUnaryOperator temperature) {
        SampleCutter cutter = new SampleCutter(NOAA);
        for (Observation each : observations) {
            Map<String, Double> readings = new HashMap<>(each.readings());
            readings.computeIfPresent("temperature", (_, celsius) -> temperature.applyAsDouble(celsius));
            cutter.add(new Observation(each.pipeline(), each.station(), each.timestamp(), readings));
        }
        return cutter.samples();
    }
}
