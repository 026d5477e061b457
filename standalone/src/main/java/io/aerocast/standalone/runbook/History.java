package io.aerocast.standalone.runbook;

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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The file `prediction_history.csv`: what was forecast, and what came true.
///
/// @param file may not exist yet
record History(Path file) {

    static final String HEADER = "ts,model,prediction,actual,error";

    /// One forecast and what came true.
    ///
    /// @param ts the time that was forecast
    /// @param model pipeline, kind of model and station, see [History#series]
    /// @param prediction the forecast, in the target's unit
    /// @param actual what came true, in the target's unit
    /// @param error their absolute difference
    record Row(Instant ts, String model, double prediction, double actual, double error) {

        private static Row parse(String line) {
            String[] cells = line.split(",", -1);
            if (cells.length != 5) {
                throw new IllegalArgumentException("expected 5 cells, found %d".formatted(cells.length));
            }
            return new Row(
                    Instant.parse(cells[0]),
                    cells[1],
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]));
        }

        private String line() {
            return "%s,%s,%s,%s,%s\n".formatted(ts, model, prediction, actual, error);
        }
    }

    /// What the cell `model` says of a station's forecasts, such as `noaa/gru@KJFK`. The station's name is
    /// URL-encoded, so that it never splits a cell.
    ///
    /// @param model pipeline and kind of model, such as `noaa/gru`
    static String series(String model, String station) {
        return model + "@" + URLEncoder.encode(station, StandardCharsets.UTF_8);
    }

    /// The rows of a model by series, in the order of the file. Rows that name no station are a series of their
    /// own.
    ///
    /// @param model pipeline and kind of model, such as `noaa/gru`
    /// @throws CommandFailure if the file is not such a history, naming the line
    SortedMap<String, List<Row>> rows(String model) {
        List<String> lines = lines();
        if (!lines.isEmpty() && !lines.getFirst().equals(HEADER)) {
            throw new CommandFailure(
                    "%s line 1: expected the header '%s', found '%s'".formatted(file, HEADER, lines.getFirst()));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(Row.parse(lines.get(i)));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new CommandFailure(
                        "%s line %d: %s, in '%s'".formatted(file, i + 1, e.getMessage(), lines.get(i)), e);
            }
        }
        return rows.stream()
                .filter(row -> row.model().equals(model) || row.model().startsWith(model + "@"))
                .collect(Collectors.groupingBy(Row::model, TreeMap::new, Collectors.toList()));
    }

    /// Appends a row, below the header where the file is new.
    void append(Row row) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String header = Files.exists(file) ? "" : HEADER + "\n";
            Files.writeString(file, header + row.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new CommandFailure("Cannot read %s: %s".formatted(file, e), e);
        }
    }
}
