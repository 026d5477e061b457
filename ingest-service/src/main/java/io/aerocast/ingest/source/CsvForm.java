package io.aerocast.ingest.source;

import io.aerocast.event.Observation;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The columns of an archive: `station`, `ts`, then features of the pipeline in any order. An empty cell is a missing
/// reading. There are no quotes.
///
/// @param features names of the columns behind the first two
record CsvForm(Pipeline pipeline, List<String> features) {

    /// The first line, without a byte order mark.
    static String header(Lines lines) throws IOException {
        String header = new String(lines.next().orElse(new byte[0]), StandardCharsets.UTF_8);
        return header.startsWith("\uFEFF") ? header.substring(1) : header;
    }

    /// Reads a header.
    ///
    /// @throws IllegalArgumentException if it is not the header of an archive of the pipeline
    static CsvForm of(Pipeline pipeline, String header) {
        List<String> columns = List.of(header.split(",", -1));
        boolean fits = columns.size() > 2
                && columns.subList(0, 2).equals(List.of("station", "ts"))
                && pipeline.featureNames().containsAll(columns.subList(2, columns.size()))
                && columns.stream().distinct().count() == columns.size();
        if (!fits) {
            throw new IllegalArgumentException("expected the header 'station,ts' and some of %s, found '%s'"
                    .formatted(pipeline.featureNames(), header));
        }
        return new CsvForm(pipeline, columns.subList(2, columns.size()));
    }

    /// Reads a line.
    ///
    /// @param origin file and line number
    Received read(byte[] line, String origin) {
        try {
            return new Measured(observation(new String(line, StandardCharsets.UTF_8)), origin, line);
        } catch (IllegalArgumentException e) {
            return new Malformed(pipeline.name(), String.valueOf(e.getMessage()), origin, line);
        }
    }

    private Observation observation(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != features.size() + 2) {
            throw new IllegalArgumentException(
                    "expected %d cells, found %d".formatted(features.size() + 2, cells.length));
        }
        Map<String, Double> readings = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            if (!cells[i + 2].isBlank()) {
                readings.put(features.get(i), number(features.get(i), cells[i + 2]));
            }
        }
        return new Observation(pipeline.name(), cells[0], instant(cells[1]), readings);
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
