package io.aerocast.benchmarks;

import io.aerocast.event.Observation;
import io.aerocast.ingest.check.Check.Accepted;
import io.aerocast.ingest.check.Check.Rejected;
import io.aerocast.ingest.check.CheckProperties;
import io.aerocast.ingest.check.ObservationCheck;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.ingest.source.ArchiveReader;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The observations that the benchmarks use.
public final class BenchmarkData {

    private BenchmarkData() {}

    /// The observations of JFK, 2013, which AeroCast ships.
    public static List<Observation> jfk2013(Pipeline noaa) throws IOException {
        Path copy = Files.createTempFile("KJFK-2013", ".csv.gz");
        try (InputStream shipped = ArchiveReader.class.getResourceAsStream("KJFK-2013.csv.gz")) {
            Files.copy(
                    Objects.requireNonNull(shipped, "the archive of JFK is missing"),
                    copy,
                    StandardCopyOption.REPLACE_EXISTING);
            return read(copy, noaa);
        } finally {
            Files.delete(copy);
        }
    }

    /// The observations of a CSV file that the ingest service would accept.
    public static List<Observation> read(Path file, Pipeline pipeline) throws IOException {
        ObservationCheck check = new ObservationCheck(Pipelines.of(pipeline), new CheckProperties(Duration.ZERO));
        Instant now = Instant.now();
        return ArchiveReader.read(file, pipeline).stream()
                .flatMap(line -> switch (line) {
                    case Measured measured -> Stream.of(check.check(measured.observation(), now));
                    case Malformed _ -> Stream.empty();
                })
                .flatMap(checked -> switch (checked) {
                    case Accepted accepted -> Stream.of(accepted.observation());
                    case Rejected _ -> Stream.empty();
                })
                .toList();
    }
}
