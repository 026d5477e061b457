package io.aerocast.trainer.run;

import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;

/// The file `last_retrain.txt`: one line for each model of the last training, as in
/// `2026-11-23T03:51:00Z pipeline=sim feature=temperature model=gru
/// version=20261123T035040Z-1f3870b verdict=promoted`.
record LastRetrain(Path file) {

    /// Writes a run; the file is unchanged if no model was fitted.
    void write(RunRecord run, Instant now) throws IOException {
        String lines = run.outcomes().stream()
                .filter(Judged.class::isInstance)
                .map(Judged.class::cast)
                .map(model -> "%s pipeline=%s feature=%s model=%s version=%s verdict=%s\n"
                        .formatted(
                                now,
                                run.signal().pipeline(),
                                model.feature(),
                                model.kind(),
                                model.candidate().version(),
                                model.result().label()))
                .collect(Collectors.joining());
        if (!lines.isEmpty()) {
            AtomicFile.replace(file, lines.getBytes(StandardCharsets.UTF_8));
        }
    }
}
