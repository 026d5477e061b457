package io.aerocast.standalone.runbook;

import io.aerocast.event.DriftState;
import io.aerocast.event.RetrainReason;
import io.aerocast.lake.AtomicFile;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// The files that show drift outside of Kafka. `last_drift_state.txt` (the state), `last_drift.txt` (time of the
/// newest observation when drift last began) and `drift_count.txt` (how often drift began) have one line
/// `series=value` per series of the history. `retrain.flag` requests a training; the trainer removes it.
record DriftFiles(DataHome directory) {

    private static final String STATE = "last_drift_state.txt";
    private static final String TIME = "last_drift.txt";
    private static final String COUNT = "drift_count.txt";
    private static final String FLAG = "retrain.flag";

    /// Whether drift has just begun in a series.
    ///
    /// @param now its present state
    boolean begins(String series, DriftState now) {
        return now == DriftState.DRIFT && !now.label().equals(read(STATE).get(series));
    }

    /// Stores the state of a series and, if drift has just begun, the time and the count.
    ///
    /// @param at time of the newest observation
    void record(String series, DriftState now, Instant at) {
        if (begins(series, now)) {
            write(TIME, series, at.toString());
            write(COUNT, series, Integer.toString(count(series) + 1));
        }
        write(STATE, series, now.label());
    }

    /// How often drift began in a series.
    int count(String series) {
        String text = read(COUNT).getOrDefault(series, "0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure("%s: expected a number, found '%s'".formatted(directory.resolve(COUNT), text), e);
        }
    }

    /// Requests a training. An interrupted run may have left the same flag already.
    ///
    /// @return whether the flag is in place; false if another one still waits for the trainer
    boolean raise(String pipeline, RetrainReason reason, String note) {
        String flag = "pipeline=%s\nreason=%s\nnote=%s\n".formatted(pipeline, reason.label(), note);
        Path file = directory.resolve(FLAG);
        try {
            Files.writeString(file, flag, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException _) {
            return text(file).equals(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> read(String name) {
        Map<String, String> values = new TreeMap<>();
        text(directory.resolve(name)).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new CommandFailure("%s: expected lines such as noaa/blend@KJFK=…, found '%s'"
                        .formatted(directory.resolve(name), line));
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return values;
    }

    private void write(String name, String series, String value) {
        Map<String, String> values = read(name);
        values.put(series, value);
        StringBuilder lines = new StringBuilder();
        values.forEach((key, text) -> lines.append(key).append('=').append(text).append('\n'));
        try {
            AtomicFile.replace(directory.resolve(name), lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
