package io.aerocast.standalone.runbook;

import io.aerocast.csv.CsvLine;
import io.aerocast.csv.CsvLines;
import io.aerocast.standalone.runtime.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The file `prediction_history.csv`: forecasts beside the observed values.
///
/// @param file need not exist yet
record History(Path file) {

    private static final List<String> COLUMNS = List.of("ts", "model", "prediction", "actual", "error");

    static final String HEADER = String.join(",", COLUMNS);

    /// One forecast and the observed value.
    ///
    /// @param ts the time that was forecast
    /// @param model pipeline, kind of model and station, see [History#series]
    /// @param prediction the forecast, in the target's unit
    /// @param actual the observed value, in the target's unit
    /// @param error their absolute difference
    record Row(Instant ts, String model, double prediction, double actual, double error) {

        private static Row parse(List<String> cells) {
            if (cells.size() != 5) {
                throw new IllegalArgumentException("expected 5 cells, found %d".formatted(cells.size()));
            }
            return new Row(
                    Instant.parse(cells.get(0)),
                    cells.get(1),
                    Double.parseDouble(cells.get(2)),
                    Double.parseDouble(cells.get(3)),
                    Double.parseDouble(cells.get(4)));
        }

        private String line() {
            return "%s,%s,%s,%s,%s\n".formatted(ts, model, prediction, actual, error);
        }
    }

    /// The value of the column `model` for a station's forecasts, for example `noaa/blend@KJFK`. The station's name
    /// is URL-encoded, so that it never splits a cell.
    ///
    /// @param model pipeline and kind of model, such as `noaa/blend`, see [ModelOption#of]
    static String series(String model, String station) {
        return model + "@" + URLEncoder.encode(station, StandardCharsets.UTF_8);
    }

    /// The rows of a model by series, in the order of the file. Rows without a station form a series of their own.
    ///
    /// @param model pipeline and kind of model, such as `noaa/blend`, see [ModelOption#of]
    /// @throws CommandFailure if the file is no such history; the message names the line
    SortedMap<String, List<Row>> rows(String model) {
        return rows().stream()
                .filter(row -> row.model().equals(model) || row.model().startsWith(model + "@"))
                .collect(Collectors.groupingBy(Row::model, TreeMap::new, Collectors.toList()));
    }

    /// Appends a row. Writes the header first if the file does not exist.
    void append(Row row) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String header = Files.exists(file) ? "" : HEADER + "\n";
            Files.writeString(file, header + row.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Row> rows() {
        List<CsvLine> lines = lines();
        if (lines.isEmpty()) {
            return List.of();
        }
        requireHeader(lines.getFirst());
        return lines.stream().skip(1).map(this::row).toList();
    }

    private void requireHeader(CsvLine line) {
        if (!isHeader(line)) {
            throw new CommandFailure(
                    "%s line 1: expected the header '%s', found '%s'".formatted(file, HEADER, line.text()));
        }
    }

    private static boolean isHeader(CsvLine line) {
        try {
            return line.cells().equals(COLUMNS);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private Row row(CsvLine line) {
        try {
            return Row.parse(line.cells());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CommandFailure(
                    "%s line %d: %s, in '%s'".formatted(file, line.number(), e.getMessage(), line.text()), e);
        }
    }

    private List<CsvLine> lines() {
        try {
            return Files.exists(file) ? CsvLines.all(file) : List.of();
        } catch (IOException e) {
            throw new CommandFailure("Cannot read %s: %s".formatted(file, e), e);
        }
    }
}
