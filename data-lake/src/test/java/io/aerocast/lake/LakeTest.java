package io.aerocast.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.event.WindowLanded;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Instant START = Instant.parse("2013-01-01T06:00:00.123456Z");

    private Path root;
    private Lake lake;

    @BeforeEach
    void emptyLake(@TempDir Path directory) {
        root = directory;
        lake = new Lake(directory);
    }

    @Test
    void readsBackItsRowsAndKeepsMissingReadingsMissing() throws IOException {
        LandedObservation full =
                landed("KJFK", 2, 10, Map.of("temperature", 3.9, "windspeed", 5.66, "pressure", 1012.6));
        LandedObservation partial = landed("KJFK", 2, 13, Map.of("temperature", 0.0));
        LandedObservation none = landed("KJFK", 2, 14, Map.of());

        WindowLanded window = lake.write(NOAA, List.of(full, partial, none));

        assertThat(lake.observations(NOAA)).containsExactly(full, partial, none);
        assertThat(lake.windows(NOAA)).singleElement().satisfies(file -> {
            assertThat(file.path())
                    .isEqualTo(root.resolve("data/processed/noaa/KJFK")
                            .resolve("p2-0000000000000000010-0000000000000000014.parquet"));
            assertThat(lake.describe(file)).isEqualTo(window);
        });
        assertThat(window.rows()).isEqualTo(3);
        assertThat(window.from()).isEqualTo(full.observation().timestamp());
        assertThat(window.to()).isEqualTo(none.observation().timestamp());
        assertThat(window.sha256()).hasSize(64);
        assertThat(Path.of(window.uri())).isRegularFile();
    }

    @Test
    void readsASingleWindowFile() throws IOException {
        LandedObservation row = landed("KJFK", 2, 10, Map.of("temperature", 3.9));
        lake.write(NOAA, List.of(row));
        Path file = lake.windows(NOAA).getFirst().path();

        assertThat(Lake.read(NOAA, file)).containsExactly(row.observation());
        assertThatThrownBy(() -> Lake.read(Pipelines.builtIn().require("sim"), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected observations of pipeline sim, found some of noaa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZSTD", "SNAPPY", "GZIP", "UNCOMPRESSED"})
    void readsAFileOfAnotherTool(String codec) throws Exception {
        Path file = root.resolve("table.parquet");
        Path other = root.resolve("other.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(("COPY (SELECT 'KJFK' AS station, TIMESTAMP '2013-01-01 06:00:00' AS ts, "
                            + "CAST('NaN' AS DOUBLE) AS temperature, CAST(5 AS FLOAT) AS windspeed, 'x' AS note) TO '%s' (COMPRESSION %s)")
                    .formatted(file, codec));
            statement.execute("COPY (SELECT 'KJFK' AS station, 1 AS humidity) TO '%s'".formatted(other));
        }

        assertThat(Lake.read(NOAA, file))
                .containsExactly(new Observation(
                        "noaa", "KJFK", Instant.parse("2013-01-01T06:00:00Z"), Map.of("windspeed", 5.0)));
        assertThatThrownBy(() -> Lake.read(NOAA, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the columns station, ts and some of [temperature, windspeed, pressure]"
                        + ", found [station, humidity]");
    }

    @Test
    void anIndependentReaderSeesTheDocumentedColumns() throws Exception {
        lake.write(NOAA, List.of(landed("KJFK", 1, 7, Map.of("temperature", -1.5, "pressure", 1000.25))));

        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            String files =
                    "read_parquet('%s/*/*.parquet')".formatted(lake.directory().resolve("noaa"));
            List<String> columns = new ArrayList<>();
            try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + files)) {
                while (described.next()) {
                    columns.add(described.getString("column_name") + " " + described.getString("column_type"));
                }
            }
            assertThat(columns)
                    .containsExactly(
                            "pipeline VARCHAR",
                            "station VARCHAR",
                            "ts TIMESTAMP WITH TIME ZONE",
                            "temperature DOUBLE",
                            "windspeed DOUBLE",
                            "pressure DOUBLE",
                            "kafka_partition INTEGER",
                            "kafka_offset BIGINT",
                            "arrived_at TIMESTAMP WITH TIME ZONE");
            try (ResultSet row = statement.executeQuery(
                    "SELECT *, epoch_us(ts) AS micros, windspeed IS NULL AS calm FROM " + files)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("pipeline")).isEqualTo("noaa");
                assertThat(row.getString("station")).isEqualTo("KJFK");
                assertThat(row.getLong("micros")).isEqualTo(1357020000123456L + 7L * 3_600_000_000L);
                assertThat(row.getDouble("temperature")).isEqualTo(-1.5);
                assertThat(row.getBoolean("calm")).isTrue();
                assertThat(row.getDouble("pressure")).isEqualTo(1000.25);
                assertThat(row.getInt("kafka_partition")).isEqualTo(1);
                assertThat(row.getLong("kafka_offset")).isEqualTo(7);
                assertThat(row.next()).isFalse();
            }
        }
    }

    @Test
    void ordersWindowsByStationPartitionAndOffset() throws IOException {
        write("KLGA", 0, 3);
        write("KJFK", 1, 100, 101);
        write("KJFK", 1, 9);
        write("KJFK", 0, 50);

        assertThat(lake.observations(NOAA).map(r -> r.observation().station() + r.partition() + "@" + r.offset()))
                .containsExactly("KJFK0@50", "KJFK1@9", "KJFK1@100", "KJFK1@101", "KLGA0@3");
    }

    @Test
    void returnsEachObservationOnceWhereWindowsOverlap() throws IOException {
        write("KJFK", 0, 0, 1, 2, 3);
        write("KJFK", 0, 0, 1, 2, 3, 4, 5);
        write("KJFK", 0, 2, 3);
        write("KJFK", 0, 4, 5, 6);
        write("KLGA", 0, 7);

        assertThat(lake.observations(NOAA).map(LandedObservation::offset))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void writingTheSameRowsAgainChangesNothing() throws IOException {
        WindowLanded first = write("KJFK", 0, 1, 2);

        assertThat(write("KJFK", 0, 1, 2)).isEqualTo(first);
        assertThat(lake.observations(NOAA)).hasSize(2);
    }

    @Test
    void ignoresAndRemovesTemporaryFilesOfAKilledWriter() throws IOException {
        Path landed = Path.of(write("KJFK", 0, 1).uri());
        Path mine = landed.resolveSibling("p0-0000000000000000002-0000000000000000009.parquet.tmp");
        Path foreign = landed.resolveSibling("p1-0000000000000000002-0000000000000000009.parquet.tmp");
        Files.write(mine, new byte[] {'P', 'A', 'R', '1', 0});
        Files.write(foreign, new byte[] {'P', 'A', 'R', '1', 0});

        assertThat(lake.observations(NOAA)).hasSize(1);
        assertThat(lake.removeUnfinished(Set.of(0))).containsExactly(mine);
        assertThat(foreign).exists();
        assertThat(landed).exists();
        assertThat(write("KJFK", 0, 2, 9).rows()).isEqualTo(2);
    }

    @Test
    void belongsToTheTopicThatClaimedItFirst() throws IOException {
        lake.claim("first");
        write("KJFK", 0, 1);

        lake.claim("first");
        assertThatThrownBy(() -> lake.claim("second"))
                .isInstanceOf(ForeignLakeException.class)
                .hasMessageContaining("expected second in topic-id, found first")
                .hasMessageContaining("Use another data directory");
        assertThat(lake.windows()).hasSize(1);
        assertThat(lake.directory()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void refusesAClaimOnWindowsOfAnUnknownTopic() throws IOException {
        write("KJFK", 0, 1);

        assertThatThrownBy(() -> lake.claim("any"))
                .isInstanceOf(ForeignLakeException.class)
                .hasMessageContaining("found an unknown topic");
        assertThat(lake.directory().resolve("topic-id")).doesNotExist();
    }

    @Test
    void namesATruncatedFile() throws IOException {
        Path file = Path.of(write("KJFK", 0, 1, 2, 3).uri());
        try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
            truncated.setLength(truncated.length() / 2);
        }

        assertThatThrownBy(() -> lake.observations(NOAA).toList())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot read window " + file);
    }

    @Test
    void leavesNoFileBehindWhenTheDirectoryCannotBeCreated() throws IOException {
        Path pipeline = Files.createDirectories(root.resolve("data/processed/noaa"));
        Path blocked = Files.writeString(pipeline.resolve("KJFK"), "a file in place of the directory");

        assertThatThrownBy(() -> write("KJFK", 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("KJFK");
        assertThat(blocked).isRegularFile();
        assertThat(lake.observations(NOAA)).isEmpty();
    }

    @Test
    void leavesNoFileBehindWhenARowIsInvalid() {
        LandedObservation good = landed("KJFK", 0, 1, Map.of("temperature", 1.0));
        LandedObservation bad = landed("KJFK", 0, 2, Map.of("temperature", Double.NaN));

        assertThatThrownBy(() -> lake.write(NOAA, List.of(good, bad)))
                .hasMessage("A reading of temperature must be finite, found NaN");
        assertThat(root.resolve("data/processed/noaa/KJFK")).isEmptyDirectory();
    }

    @Test
    void keepsEveryStationInsideTheLake() throws IOException {
        for (String station : List.of("../../etc", "..", ".", "a/b\\c", "São Paulo", "50%+1", "c:\0x")) {
            Path file = Path.of(write(station, 0, 1).uri());

            assertThat(file.toRealPath()).startsWith(root.toRealPath().resolve("data/processed/noaa"));
            assertThat(file.getParent().getParent().getFileName()).hasToString("noaa");
            assertThat(lake.windows(NOAA).stream().map(WindowFile::station)).contains(station);
        }
        assertThatThrownBy(() -> write("x".repeat(81), 0, 1))
                .hasMessage("A station's name takes 1 to 80 bytes, found 81");
    }

    @Test
    void refusesRowsOfTwoSeriesInOneWindow() {
        LandedObservation first = landed("KJFK", 0, 5, Map.of());
        for (LandedObservation other : List.of(
                landed("KLGA", 0, 6, Map.of()),
                landed("KJFK", 1, 6, Map.of()),
                landed("KJFK", 0, 5, Map.of()),
                landed("KJFK", 0, 4, Map.of()),
                landed("KJFK", 0, 6, Map.of("humidity", 1.0)))) {
            assertThatThrownBy(() -> lake.write(NOAA, List.of(first, other)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("A window holds one pipeline (noaa), one station and one partition");
        }
    }

    @Test
    void readsWindowsWrittenWithOtherFeatures() throws IOException {
        write("KJFK", 0, 1);
        Pipeline grown = pipeline("noaa", "temperature", "windspeed", "pressure", "humidity");
        lake.write(grown, List.of(landed("KJFK", 0, 2, Map.of("humidity", 0.4))));

        assertThat(lake.observations(grown).map(r -> r.observation().readings()))
                .containsExactly(Map.of("temperature", 1.0), Map.of("humidity", 0.4));
    }

    @Test
    void refusesAFeatureThatCannotBeAColumn() {
        assertThatThrownBy(() -> lake.requireWritable(pipeline("p", "wind-speed")))
                .hasMessageStartingWith("Feature 'wind-speed' of pipeline p cannot be a column");
        assertThatThrownBy(() -> lake.requireWritable(pipeline("p", "ts"))).hasMessageContaining("'ts'");
    }

    @Test
    void isEmptyBeforeTheFirstWindow() throws IOException {
        assertThat(new Lake(root.resolve("none")).observations(NOAA)).isEmpty();
        assertThat(new Lake(root.resolve("none")).removeUnfinished(Set.of(0))).isEmpty();
    }

    private WindowLanded write(String station, int partition, long... offsets) throws IOException {
        return lake.write(
                NOAA,
                LongStream.of(offsets)
                        .mapToObj(o -> landed(station, partition, o, Map.of("temperature", (double) o)))
                        .toList());
    }

    private static LandedObservation landed(String station, int partition, long offset, Map<String, Double> readings) {
        Instant ts = START.plus(Duration.ofHours(offset));
        return new LandedObservation(
                new Observation("noaa", station, ts, readings), partition, offset, ts.plusSeconds(90));
    }

    private static Pipeline pipeline(String name, String... features) {
        List<Feature> all =
                Stream.of(features).map(f -> new Feature(f, "1", f, 0, 1)).toList();
        return new Pipeline(name, all, NOAA.cadence(), 24, List.of(1), List.of());
    }
}
