package io.aerocast.standalone.runbook;

import io.aerocast.event.DriftState;
import io.aerocast.event.RetrainReason;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/// The files by which drift is known outside of Kafka: `last_drift_state.txt` (the state), `last_drift.txt` (the time
/// of the newest observation when it last became drift), `drift_count.txt` (how often it became drift) and
/// `retrain.flag` (asks for a training; the trainer removes it).
record DriftFiles(DataDirectory directory) {

    private static final String STATE = "last_drift_state.txt";
    private static final String TIME = "last_drift.txt";
    private static final String COUNT = "drift_count.txt";
    private static final String FLAG = "retrain.flag";

    /// Keeps a state; if it has just become drift, also the time and the count.
    ///
    /// @param at time of the newest observation
    /// @return whether it has just become drift
    boolean record(DriftState state, Instant at) {
        boolean began = state == DriftState.DRIFT && !read(STATE).equals(state.label());
        if (began) {
            write(TIME, at.toString());
            write(COUNT, Integer.toString(count() + 1));
        }
        write(STATE, state.label());
        return began;
    }

    /// How often the state became drift.
    int count() {
        String text = read(COUNT);
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandFailure("%s: expected a number, found '%s'".formatted(directory.resolve(COUNT), text), e);
        }
    }

    /// Asks for a training.
    Path raise(String pipeline, RetrainReason reason, String note) {
        write(FLAG, "pipeline=%s\nreason=%s\nnote=%s".formatted(pipeline, reason.label(), note));
        return directory.resolve(FLAG);
    }

    private String read(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whoever reads the file sees the old text or the new one, never a part.
    private void write(String name, String text) {
        Path unfinished = directory.resolve(name + ".tmp");
        try {
            Files.writeString(unfinished, text + "\n");
            Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
