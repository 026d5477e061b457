package io.aerocast.standalone.runbook;

import io.aerocast.standalone.runtime.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The file `prediction_history.csv`: what was forecast, and what came true.
///
/// @param file may not exist yet
record History(Path file) {

    static final String HEADER = "ts,model,prediction,actual,error";

    /// One forecast and what came true.
    ///
    /// @param ts the time that was forecast
    /// @param model pipeline and kind of model, such as `noaa/gru`
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

    /// The rows of a model, in the order of the file.
    ///
    /// @throws CommandFailure if the file is not such a history, naming the line
    List<Row> rows(String model) {
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
        return rows.stream().filter(row -> row.model().equals(model)).toList();
    }

    /// The time of a model's newest row.
    Optional<Instant> newest(String model) {
        return rows(model).stream().map(Row::ts).max(Instant::compareTo);
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
