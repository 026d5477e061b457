package io.aerocast.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.observation.ObservationFile.Rejection;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationFileTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Instant START = Instant.parse("2013-01-01T06:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void separatesAcceptedRowsFromRejectedOnes() throws IOException {
        ObservationFile read = read("a.csv", """
                station,ts,temperature,windspeed,pressure
                KJFK,2013-01-01T06:00:00Z,3.90,5.66,1012.6
                KJFK,yesterday,3.90,5.66,1012.6
                KJFK,2013-01-01T08:00:00Z,M,5.66,1012.6
                KJFK,2013-01-01T09:00:00Z,3.90,5.66,101260
                KJFK,2013-01-01T10:00:00Z,,,

                KJFK,2013-01-01T11:00:00Z,,0.0,
                """);

        assertThat(read.observations())
                .containsExactly(
                        observation("KJFK", 0, Map.of("temperature", 3.9, "windspeed", 5.66, "pressure", 1012.6)),
                        observation("KJFK", 5, Map.of("windspeed", 0.0)));
        assertThat(read.rejections().stream().map(Rejection::toString))
                .containsExactly(
                        "a.csv:3: expected a time such as 2013-01-01T06:00:00Z, found 'yesterday'",
                        "a.csv:4: expected a number for temperature, found 'M'",
                        "a.csv:5: pressure 101260.0 is outside 870.0..1085.0 hPa (noaa)",
                        "a.csv:6: expected at least one reading of [temperature, windspeed, pressure], found none (noaa)",
                        "a.csv:7: expected 5 cells, found 1");
    }

    @Test
    void readsQuotedCellsOfATableThatASpreadsheetWrote() throws IOException {
        ObservationFile read = read(
                "a.csv",
                "\uFEFF\"station\",\"ts\",\"pressure\",\"temperature\"\r\n"
                        + "\"New York, JFK\",\"2013-01-01T06:00:00Z\",\"1012.6\",\"3.9\"\r\n"
                        + "\"the \"\"old\"\" one\",2013-01-01T07:00:00Z,\"\",-1.5\r\n"
                        + "\"KJFK,2013-01-01T08:00:00Z,1012.6,3.9\r\n"
                        + "KJFK,2013-01-01T09:00:00Z,1012.6,3.9\r\n");

        assertThat(read.observations())
                .containsExactly(
                        observation("New York, JFK", 0, Map.of("temperature", 3.9, "pressure", 1012.6)),
                        observation("the \"old\" one", 1, Map.of("temperature", -1.5)),
                        observation("KJFK", 3, Map.of("temperature", 3.9, "pressure", 1012.6)));
        assertThat(read.rejections())
                .containsExactly(new Rejection(
                        "a.csv:4", "expected every quoted cell to end on its line, before a comma or the line's end"));
    }

    @Test
    void readsACompressedFile() throws IOException {
        Path file = directory.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("station,ts,temperature\nKJFK,2013-01-01T06:00:00Z,3.9\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(ObservationFile.read(file, NOAA).observations())
                .containsExactly(observation("KJFK", 0, Map.of("temperature", 3.9)));
    }

    @Test
    void readsWhatLandedAndASingleParquetFile() throws IOException {
        Observation observation = observation("KJFK", 0, Map.of("temperature", 3.9));
        Lake lake = new Lake(directory);
        lake.write(NOAA, List.of(new LandedObservation(observation, 0, 7, START)));

        assertThat(ObservationFile.read(directory, NOAA).observations()).containsExactly(observation);
        assertThat(ObservationFile.read(lake.windows(NOAA).getFirst().path(), NOAA)
                        .observations())
                .containsExactly(observation);
    }

    @Test
    void refusesAnotherHeader() {
        for (String header : List.of("", "ts,station,temperature", "station,ts", "station,ts,humidity", "a,\"b")) {
            assertThatThrownBy(() -> read("a.csv", header)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> read("a.csv", "ts,\"station\",temperature\n"))
                .hasMessage("expected the header 'station,ts' and some of [temperature, windspeed, pressure], found"
                        + " 'ts,\"station\",temperature'");
    }

    @Test
    void namesAMissingFile() {
        assertThatThrownBy(() -> ObservationFile.read(directory.resolve("none.csv"), NOAA))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.csv");
    }

    private ObservationFile read(String name, String text) throws IOException {
        return ObservationFile.read(Files.writeString(directory.resolve(name), text), NOAA);
    }

    private static Observation observation(String station, int hour, Map<String, Double> readings) {
        return new Observation("noaa", station, START.plusSeconds(3600L * hour), readings);
    }
}
