package io.aerocast.standalone.backtest;

import io.aerocast.event.Observation;
import io.aerocast.ingest.check.Check.Accepted;
import io.aerocast.ingest.check.Check.Rejected;
import io.aerocast.ingest.check.CheckProperties;
import io.aerocast.ingest.check.ObservationCheck;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.ingest.source.ArchiveReader;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Observations in a file, checked as the ingest service checks them.
///
/// @param observations those that may be believed
/// @param leftOut why the others may not, in the order of the file
record ObservationFile(List<Observation> observations, List<String> leftOut) {

    /// Reads a CSV file (also `.gz`), a parquet file, or all that has landed below a data directory.
    ///
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if it has another form than `docs/data.md` tells
    static ObservationFile read(Path path, Pipeline pipeline) throws IOException {
        Reader reader = new Reader(pipeline);
        if (Files.isDirectory(path)) {
            try (Stream<LandedObservation> landed = new Lake(path).observations(pipeline)) {
                landed.forEach(row -> reader.check(row.observation(), "offset " + row.offset()));
            }
        } else if (path.toString().endsWith(".parquet")) {
            int row = 0;
            for (Observation observation : Lake.read(pipeline, path)) {
                reader.check(observation, "row %d".formatted(++row));
            }
        } else {
            ArchiveReader.read(path, pipeline).forEach(line -> {
                switch (line) {
                    case Measured measured -> reader.check(measured.observation(), measured.origin());
                    case Malformed malformed -> reader.leave(malformed.origin(), malformed.reason());
                }
            });
        }
        return new ObservationFile(reader.observations, reader.leftOut);
    }

    private static final class Reader {

        private final ObservationCheck check;
        private final Instant now = Instant.now();
        private final List<Observation> observations = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        Reader(Pipeline pipeline) {
            this.check = new ObservationCheck(Pipelines.of(pipeline), new CheckProperties(Duration.ZERO));
        }

        void check(Observation observation, String origin) {
            switch (check.check(observation, now)) {
                case Accepted accepted -> observations.add(accepted.observation());
                case Rejected rejected -> leave(origin, rejected.reason());
            }
        }

        void leave(String origin, String reason) {
            leftOut.add("%s: %s".formatted(origin, reason));
        }
    }
}
