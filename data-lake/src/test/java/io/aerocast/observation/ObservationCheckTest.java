package io.aerocast.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.pipeline.Pipelines;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationCheckTest {

    private static final Instant NOW = Instant.parse("2013-01-01T06:00:00Z");

    private final ObservationCheck check = new ObservationCheck(Pipelines.builtIn(), Duration.ofMinutes(5));

    @Test
    void acceptsAnObservationWithAMissingReading() {
        Observation observation = observation("noaa", NOW, Map.of("temperature", 3.9, "windspeed", 0.0));

        assertThat(check.check(observation, NOW)).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.observation()).isEqualTo(observation);
            assertThat(accepted.pipeline().name()).isEqualTo("noaa");
        });
    }

    @Test
    void rejectsAPressureInPascal() {
        assertRejected(
                observation("noaa", NOW, Map.of("temperature", 3.9, "pressure", 101325.0)),
                "pressure 101325.0 is outside 870.0..1085.0 hPa (noaa)");
    }

    @Test
    void rejectsATemperatureInKelvin() {
        assertRejected(
                observation("sim", NOW, Map.of("temperature", 293.15)),
                "temperature 293.15 is outside -60.0..80.0 °C (sim)");
    }

    @Test
    void rejectsAReadingThatIsNotFinite() {
        assertRejected(
                observation("sim", NOW, Map.of("temperature", Double.NaN)),
                "temperature must be finite, found NaN (sim)");
        assertRejected(
                observation("sim", NOW, Map.of("temperature", Double.NEGATIVE_INFINITY)),
                "temperature must be finite, found -Infinity (sim)");
    }

    @Test
    void rejectsAnObservationWithoutAnyReading() {
        assertRejected(
                observation("noaa", NOW, Map.of()),
                "expected at least one reading of [temperature, windspeed, pressure], found none (noaa)");
    }

    @Test
    void rejectsAnUnknownPipelineAndAnUnknownFeature() {
        assertRejected(
                observation("mars", NOW, Map.of("temperature", 1.0)), "pipeline 'mars' is unknown (known: noaa, sim)");
        assertRejected(
                observation("sim", NOW, Map.of("temperature", 1.0, "windspeed", 1.0)),
                "feature 'windspeed' is unknown (sim has [temperature])");
    }

    @Test
    void toleratesAClockThatIsSlightlyAhead() {
        Map<String, Double> readings = Map.of("temperature", 1.0);

        assertThat(check.check(observation("sim", NOW.plusSeconds(300), readings), NOW))
                .isInstanceOf(Accepted.class);
        assertRejected(
                observation("sim", NOW.plusSeconds(301), readings),
                "timestamp 2013-01-01T06:05:01Z lies in the future: it arrived at 2013-01-01T06:00:00Z");
    }

    @Test
    void rejectsATimestampBefore1900() {
        assertRejected(
                observation("sim", Instant.MIN, Map.of("temperature", 1.0)),
                "timestamp -1000000000-01-01T00:00:00Z lies before 1900-01-01T00:00:00Z");
    }

    @Test
    void rejectsAStationNameThatIsTooLong() {
        assertRejected(
                new Observation("sim", "ü".repeat(41), NOW, Map.of("temperature", 1.0)),
                "a station's name takes at most 80 bytes, found 82");
    }

    @Test
    void rejectsAStationNameWithAControlCharacter() {
        assertRejected(
                new Observation("sim", "K\u001BJFK", NOW, Map.of("temperature", 1.0)),
                "a station's name has no control characters, found U+001B");
    }

    private void assertRejected(Observation observation, String reason) {
        assertThat(check.check(observation, NOW)).isEqualTo(new Rejected(reason));
    }

    private static Observation observation(String pipeline, Instant ts, Map<String, Double> readings) {
        return new Observation(pipeline, "KJFK", ts, readings);
    }
}
