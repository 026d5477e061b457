package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.ObservationCheck;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final String HEADER = "station,ts,temperature,windspeed,pressure\n";

    @TempDir
    private Path directory;

    @Test
    void shipsAYearOfRealObservationsWithTheirGaps() throws IOException {
        List<Observation> year = observations(replay(null, null).open(0));

        assertThat(year).hasSize(8_706);
        assertThat(year.getFirst())
                .isEqualTo(new Observation(
                        "noaa",
                        "KJFK",
                        Instant.parse("2013-01-01T06:00:00Z"),
                        Map.of("temperature", 3.9, "windspeed", 5.66, "pressure", 1012.6)));
        assertThat(year.stream().filter(o -> !o.readings().containsKey("pressure")))
                .hasSize(831);
        assertThat(year.stream().filter(o -> !o.readings().containsKey("windspeed")))
                .hasSize(3);
        ObservationCheck check = new ObservationCheck(Pipelines.builtIn(), Duration.ZERO);
        assertThat(year).allMatch(o -> check.check(o, Instant.parse("2014-01-02T00:00:00Z")) instanceof Accepted);
    }

    @Test
    void aMissingCellStaysMissing() throws IOException {
        Path file = file("a.csv", HEADER + "KJFK,2013-01-01T18:00:00Z,3.30,6.69,\nKJFK,2013-01-01T19:00:00Z,,0.00,\n");

        assertThat(observations(replay(file, null).open(0)).stream().map(Observation::readings))
                .containsExactly(Map.of("temperature", 3.3, "windspeed", 6.69), Map.of("windspeed", 0.0));
    }

    @Test
    void aMalformedLineIsReportedWithItsNumberAndDoesNotStopTheReplay() throws IOException {
        Path file = file(
                "b.csv",
                HEADER
                        + "KJFK,2013-01-01T06:00:00Z,M,1,1000\n"
                        + "KJFK,yesterday,1,1,1000\r\n"
                        + "KJFK,2013-01-01T06:00:00Z,1,1\n"
                        + "\n"
                        + ",2013-01-01T06:00:00Z,1,1,1000\n"
                        + "KJFK,2013-01-01T07:00:00Z,1,1,1000");

        List<Received> all = all(replay(file, null).open(0));

        assertThat(all.subList(0, 5).stream().map(r -> r.origin() + " " + ((Malformed) r).reason()))
                .containsExactly(
                        "replay b.csv:2 expected a number for temperature, found 'M'",
                        "replay b.csv:3 expected a time such as 2013-01-01T06:00:00Z, found 'yesterday'",
                        "replay b.csv:4 expected 5 cells, found 4",
                        "replay b.csv:5 expected 5 cells, found 1",
                        "replay b.csv:6 an observation's station must not be empty");
        assertThat(all.get(1).payload()).asString(StandardCharsets.UTF_8).isEqualTo("KJFK,yesterday,1,1,1000");
        assertThat(all.get(5)).isInstanceOf(Measured.class);
        assertThat(all).hasSize(6);
    }

    @Test
    void continuesAtItsPositionAlsoInACompressedFile() throws IOException {
        Path file = directory.resolve("c.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + rows(6, 12)).getBytes(StandardCharsets.UTF_8));
        }
        PositionedSource.Reading first = replay(file, null).open(0);
        first.next();
        first.next();

        assertThat(first.position()).isEqualTo(2);
        assertThat(observations(replay(file, null).open(2)).stream()
                        .map(o -> o.timestamp().toString()))
                .startsWith("2013-01-01T08:00:00Z")
                .hasSize(4);
        assertThat(observations(replay(file, null).open(600))).isEmpty();
    }

    @Test
    void skipsObservationsBeforeItsStartTime() throws IOException {
        Path file = file("d.csv", HEADER + rows(6, 12));
        PositionedSource.Reading reading =
                replay(file, Instant.parse("2013-01-01T10:00:00Z")).open(0);

        Optional<Received> first = reading.next();

        assertThat(first.map(r -> ((Measured) r).observation().timestamp()))
                .contains(Instant.parse("2013-01-01T10:00:00Z"));
        assertThat(reading.position()).isEqualTo(5);
    }

    @Test
    void identifiesAFileByItsContent() throws IOException {
        Path file = file("e.csv", HEADER + rows(6, 12));
        String identity = replay(file, null).identity();

        assertThat(replay(Files.move(file, directory.resolve("moved.csv")), null)
                        .identity())
                .isEqualTo(identity);
        assertThat(replay(file("e.csv", HEADER + rows(6, 13)), null).identity()).isNotEqualTo(identity);
    }

    @Test
    void refusesAFileWithAnotherHeader() throws IOException {
        Path file = file("f.csv", "ts,station,temperature\n");

        assertThatThrownBy(() -> replay(file, null))
                .hasMessage(
                        "Cannot replay %s (aerocast.ingest.replay.file): expected the header 'station,ts' and some of [temperature, windspeed, pressure], found 'ts,station,temperature'"
                                .formatted(file));
        assertThatThrownBy(() -> replay(directory.resolve("none.csv"), null))
                .hasMessageContaining("Cannot replay " + directory.resolve("none.csv"))
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void acceptsFewerColumnsInAnotherOrder() throws IOException {
        Path file = file("g.csv", "\uFEFFstation,ts,pressure,temperature\r\nKJFK,2013-01-01T06:00:00Z,1000,1.5\r\n");

        assertThat(observations(replay(file, null).open(0)).getFirst().readings())
                .isEqualTo(Map.of("pressure", 1000.0, "temperature", 1.5));
    }

    @Test
    void readsQuotedCellsAndStillCountsLines() throws IOException {
        Path file = file(
                "q.csv",
                "\"station\",\"ts\",\"temperature\"\n"
                        + "\"New York, JFK\",\"2013-01-01T06:00:00Z\",\"1.5\"\n"
                        + "KJFK,2013-01-01T07:00:00Z,\"2\n"
                        + "KJFK,2013-01-01T08:00:00Z,3\n");
        PositionedSource.Reading reading = replay(file, null).open(0);

        assertThat(reading.next().map(r -> ((Measured) r).observation().station()))
                .contains("New York, JFK");
        Malformed stray = (Malformed) reading.next().orElseThrow();
        assertThat(stray.origin()).isEqualTo("replay q.csv:3");
        assertThat(stray.payload()).asString(StandardCharsets.UTF_8).isEqualTo("KJFK,2013-01-01T07:00:00Z,\"2");
        assertThat(reading.position()).isEqualTo(2);
        assertThat(observations(replay(file, null).open(2)).stream().map(Observation::readings))
                .containsExactly(Map.of("temperature", 3.0));
    }

    @Test
    void truncatesAnOverlongLine() throws IOException {
        Path file = file("h.csv", HEADER + "x".repeat(200_000) + "\n" + rows(6, 7));

        List<Received> all = all(replay(file, null).open(0));

        assertThat(all.getFirst().payload()).hasSize(65_536);
        assertThat(all.getLast()).isInstanceOf(Measured.class);
    }

    @Test
    void reportsATruncatedCompressedFile() throws IOException {
        Path file = directory.resolve("i.csv.gz");
        byte[] shipped;
        try (var in = Archive.class.getResourceAsStream("KJFK-2013.csv.gz")) {
            shipped = in.readAllBytes();
        }
        Files.write(file, Arrays.copyOf(shipped, 30_000));

        assertThatThrownBy(() -> all(replay(file, null).open(0))).isInstanceOf(java.io.EOFException.class);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int hour = from; hour < to; hour++) {
            rows.append("KJFK,2013-01-01T%02d:00:00Z,%d,1.0,1000.0%n".formatted(hour, hour));
        }
        return rows.toString();
    }

    private static Replay replay(@Nullable Path file, @Nullable Instant from) {
        return new Replay(new ReplayProperties(true, "noaa", file, from, Duration.ZERO), NOAA);
    }

    private static List<Observation> observations(PositionedSource.Reading reading) throws IOException {
        return all(reading).stream().map(r -> ((Measured) r).observation()).toList();
    }

    private static List<Received> all(PositionedSource.Reading reading) throws IOException {
        List<Received> all = new ArrayList<>();
        try (reading) {
            for (Optional<Received> next = reading.next(); next.isPresent(); next = reading.next()) {
                all.add(next.get());
            }
        }
        return all;
    }
}
