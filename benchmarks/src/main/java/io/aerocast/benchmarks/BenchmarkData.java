package io.aerocast.benchmarks;

import io.aerocast.event.Observation;
import io.aerocast.ingest.source.Heatwave;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The observations that the benchmarks use.
public final class BenchmarkData {

    private static final String JFK_2013 = "KJFK-2013.csv.gz";

    private BenchmarkData() {}

    /// The observations of JFK, 2013, which AeroCast ships.
    public static List<Observation> jfk2013(Pipeline noaa) throws IOException {
        InputStream shipped = Objects.requireNonNull(
                Heatwave.class.getResourceAsStream(JFK_2013), "the archive of JFK is missing from ingest-service");
        return ObservationFile.readCsv(JFK_2013, shipped, noaa).observations();
    }

    /// The observations of a CSV file that the ingest service would accept.
    public static List<Observation> read(Path file, Pipeline pipeline) throws IOException {
        return ObservationFile.read(file, pipeline).observations();
    }
}
