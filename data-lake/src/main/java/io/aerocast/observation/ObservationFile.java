package io.aerocast.observation;

import io.aerocast.csv.CsvLine;
import io.aerocast.csv.CsvLines;
import io.aerocast.event.Observation;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Observations of a file, checked by the same rules as observations that arrive at the ingest service.
///
/// @param observations the accepted rows, in the order of the file
/// @param rejections the other rows, in the order of the file
public record ObservationFile(List<Observation> observations, List<Rejection> rejections) {

    public ObservationFile {
        observations = List.copyOf(observations);
        rejections = List.copyOf(rejections);
    }

    /// A row that was not accepted.
    ///
    /// @param origin its place: `KJFK-2013.csv:17`, `row 17` of a parquet file, `offset 17` of landed observations
    /// @param reason what was expected and what was found
    public record Rejection(String origin, String reason) {

        @Override
        public String toString() {
            return "%s: %s".formatted(origin, reason);
        }
    }

    /// Reads a CSV file (also compressed as `.gz`), a parquet file, or every observation that has landed in a data
    /// directory. `docs/data.md` describes the formats.
    ///
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if it has another format
    /// @throws java.io.UncheckedIOException if a landed file cannot be read
    public static ObservationFile read(Path path, Pipeline pipeline) throws IOException {
        if (Files.isDirectory(path)) {
            return readLanded(new Lake(path), pipeline);
        }
        return path.toString().endsWith(".parquet")
                ? readParquet(path, pipeline)
                : readCsv(String.valueOf(path.getFileName()), Files.newInputStream(path), pipeline);
    }

    /// Reads CSV from a stream.
    ///
    /// @param name of the file; the stream is decompressed if it ends in `.gz`
    /// @param raw closed at the end
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if it has another format
    public static ObservationFile readCsv(String name, InputStream raw, Pipeline pipeline) throws IOException {
        Reader reader = new Reader(pipeline);
        try (CsvLines lines = ObservationCsv.open(name, raw)) {
            ObservationCsv csv = ObservationCsv.readHeader(lines, pipeline);
            for (Optional<CsvLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                reader.add(csv, line.get(), "%s:%d".formatted(name, lines.number()));
            }
        }
        return reader.file();
    }

    private static ObservationFile readParquet(Path file, Pipeline pipeline) throws IOException {
        Reader reader = new Reader(pipeline);
        int row = 0;
        for (Observation observation : Lake.read(pipeline, file)) {
            reader.add(observation, "row %d".formatted(++row));
        }
        return reader.file();
    }

    private static ObservationFile readLanded(Lake lake, Pipeline pipeline) {
        Reader reader = new Reader(pipeline);
        try (Stream<LandedObservation> landed = lake.observations(pipeline)) {
            landed.forEach(row -> reader.add(row.observation(), "offset %d".formatted(row.offset())));
        }
        return reader.file();
    }

    private static final class Reader {

        private final ObservationCheck check;
        private final Instant now = Instant.now();
        private final List<Observation> observations = new ArrayList<>();
        private final List<Rejection> rejections = new ArrayList<>();

        Reader(Pipeline pipeline) {
            this.check = new ObservationCheck(Pipelines.of(pipeline), Duration.ZERO);
        }

        void add(ObservationCsv csv, CsvLine line, String origin) {
            try {
                add(csv.observation(line), origin);
            } catch (IllegalArgumentException e) {
                rejections.add(new Rejection(origin, String.valueOf(e.getMessage())));
            }
        }

        void add(Observation observation, String origin) {
            switch (check.check(observation, now)) {
                case Accepted accepted -> observations.add(accepted.observation());
                case Rejected rejected -> rejections.add(new Rejection(origin, rejected.reason()));
            }
        }

        ObservationFile file() {
            return new ObservationFile(observations, rejections);
        }
    }
}
