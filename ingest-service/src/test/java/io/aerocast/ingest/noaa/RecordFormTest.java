package io.aerocast.ingest.noaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Observation;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFormTest {

    private final RecordForm form = new RecordForm(Pipelines.builtIn().require("noaa"));

    @Test
    void readsEachQuantityInTheUnitThatItsRecordNames() {
        assertThat(observation(Records.record(
                                "2026-11-27T09:51:00+00:00",
                                Records.quantity("temperature", "degC", "7.2", "V"),
                                Records.quantity("windSpeed", "km_h-1", "18", "V"),
                                Records.quantity("seaLevelPressure", "Pa", "101320", "V")))
                        .readings())
                .containsExactly(entry("pressure", 1013.2), entry("temperature", 7.2), entry("windspeed", 5.0));

        assertThat(observation(Records.record(
                                "2026-11-27T09:51:00+00:00",
                                Records.quantity("temperature", "degF", "50", "V"),
                                Records.quantity("windSpeed", "m_s-1", "3.5", "V"),
                                Records.quantity("seaLevelPressure", "hPa", "1013.2", "V")))
                        .readings())
                .containsExactly(entry("pressure", 1013.2), entry("temperature", 10.0), entry("windspeed", 3.5));
    }

    @Test
    void readsKelvinAndKnots() {
        Observation observation = observation(Records.record(
                "2026-11-27T09:51:00+00:00",
                Records.quantity("temperature", "K", "300.15", "V"),
                Records.quantity("windSpeed", "kt", "10", "V")));
        assertThat(observation.readings().get("temperature")).isCloseTo(27.0, within(1e-9));
        assertThat(observation.readings().get("windspeed")).isCloseTo(5.1444, within(1e-4));
    }

    @Test
    void aNullValueAndAMissingQuantityAreMissingReadings() {
        assertThat(observation(Records.record(
                                "2026-11-27T09:51:00+00:00",
                                Records.quantity("temperature", "degC", "7.2", "V"),
                                Records.quantity("windSpeed", "km_h-1", "null", "Z")))
                        .readings())
                .containsExactly(entry("temperature", 7.2));
    }

    @Test
    void ignoresReadingsThatTheServiceRejectsOrQuestions() {
        assertThat(observation(Records.record(
                                "2026-11-27T09:51:00+00:00",
                                Records.quantity("temperature", "degC", "7.2", "X"),
                                Records.quantity("windSpeed", "km_h-1", "18", "Q"),
                                Records.quantity("seaLevelPressure", "Pa", "101320", "C")))
                        .readings())
                .containsExactly(entry("pressure", 1013.2));
    }

    @Test
    void returnsTheOldestRecordFirst() {
        List<Received> received = form.read(
                "KJFK",
                Records.collection(
                        Records.record("2026-11-27T09:51:00+00:00"), Records.record("2026-11-27T03:51:00-05:00")));
        assertThat(received)
                .map(r -> ((Measured) r).observation().timestamp())
                .containsExactly(Instant.parse("2026-11-27T08:51:00Z"), Instant.parse("2026-11-27T09:51:00Z"));
    }

    @Test
    void anUnknownUnitOrAnUnreadableTimeRejectsOnlyItsRecord() {
        List<Received> received = form.read(
                "KJFK",
                Records.collection(
                        Records.record("2026-11-27T09:51:00+00:00"),
                        Records.record(
                                "2026-11-27T08:51:00+00:00", Records.quantity("temperature", "degR", "500", "V")),
                        Records.record("yesterday")));
        assertThat(received)
                .filteredOn(r -> r instanceof Malformed)
                .map(r -> ((Malformed) r).reason())
                .containsExactly(
                        "expected a timestamp such as 2026-11-27T09:51:00+00:00, found 'yesterday'",
                        "expected temperature in one of [wmoUnit:K, wmoUnit:degC, wmoUnit:degF], found 'wmoUnit:degR'");
        assertThat(received).hasSize(3);
    }

    @Test
    void refusesAnAnswerThatIsNotACollectionOfRecords() {
        assertThatThrownBy(() -> form.read("KJFK", "<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected GeoJSON, found ");
        assertThatThrownBy(() -> form.read("KJFK", "{\"title\": \"x\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("expected GeoJSON with an array 'features', found missing");
    }

    @Test
    void refusesAPipelineWhoseTargetNoStationMeasures() {
        Pipeline tide = new Pipeline(
                "tide",
                List.of(new Feature("level", "m", "level", -5, 5)),
                Duration.ofHours(1),
                24,
                List.of(1),
                List.of());
        assertThatThrownBy(() -> new RecordForm(tide))
                .hasMessage("Cannot feed pipeline tide from weather stations (aerocast.ingest.noaa.pipeline):"
                        + " they do not measure level in m");
    }

    private Observation observation(String record) {
        return ((Measured) form.read("KJFK", Records.collection(record)).getFirst()).observation();
    }
}
