package io.aerocast.observation;

import io.aerocast.csv.CsvLine;
import io.aerocast.csv.CsvLines;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns of a CSV file of observations: `station`, `ts`, then features of the pipeline in any order. An empty
/// cell is a missing reading. `docs/data.md` describes the format.
///
/// @param pipeline of the observations
/// @param features names of the columns after the first two
public record ObservationCsv(Pipeline pipeline, List<String> features) {

    /// Maximum bytes of a line: no observation is longer.
    private static final int LONGEST_LINE = 64 * 1024;

    private static final List<String> KEY = List.of("station", "ts");

    public ObservationCsv {
        features = List.copyOf(features);
    }

    /// Opens the lines of a file of observations.
    ///
    /// @param name of the file; the stream is decompressed if it ends in `.gz`
    /// @param raw closed with the lines
    public static CsvLines open(String name, InputStream raw) throws IOException {
        return CsvLines.open(name, raw, LONGEST_LINE);
    }

    /// Reads the header, which is the next line.
    ///
    /// @throws IllegalArgumentException if it is not the header of a file of the pipeline's observations
    public static ObservationCsv readHeader(CsvLines lines, Pipeline pipeline) throws IOException {
        Optional<CsvLine> header = lines.next();
        List<String> columns = header.map(CsvLine::cells).orElse(List.of());
        boolean valid = columns.size() > KEY.size()
                && columns.subList(0, KEY.size()).equals(KEY)
                && pipeline.featureNames().containsAll(columns.subList(KEY.size(), columns.size()))
                && columns.stream().distinct().count() == columns.size();
        if (!valid) {
            throw new IllegalArgumentException("expected the header 'station,ts' and some of %s, found '%s'"
                    .formatted(
                            pipeline.featureNames(), header.map(CsvLine::text).orElse("")));
        }
        return new ObservationCsv(pipeline, columns.subList(KEY.size(), columns.size()));
    }

    /// Reads a line after the header. The observation is not yet checked.
    ///
    /// @throws IllegalArgumentException if the line is not an observation; the message names what was expected and
    ///     what was found
    public Observation observation(CsvLine line) {
        List<String> cells = line.cells();
        int expected = KEY.size() + features.size();
        if (cells.size() != expected) {
            throw new IllegalArgumentException("expected %d cells, found %d".formatted(expected, cells.size()));
        }
        Map<String, Double> readings = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            String cell = cells.get(KEY.size() + i);
            if (!cell.isBlank()) {
                readings.put(features.get(i), number(features.get(i), cell));
            }
        }
        return new Observation(pipeline.name(), cells.get(0), instant(cells.get(1)), readings);
    }

    private static double number(String feature, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number for %s, found '%s'".formatted(feature, cell), e);
        }
    }

    private static Instant instant(String cell) {
        try {
            return Instant.parse(cell);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 2013-01-01T06:00:00Z, found '%s'".formatted(cell), e);
        }
    }
}
