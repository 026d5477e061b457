package io.aerocast.trainer.run;

import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The file `last_retrain.txt`: one line per kind of model of the last training, such as
/// `2026-11-23T03:51:00Z pipeline=sim model=gru version=20261123T035040Z-1f3870b verdict=promoted`.
record LastRetrain(Path file) {

    /// Tells of a run; one that fitted nothing leaves the file as it is.
    void write(RunRecord run, Instant now) throws IOException {
        List<ModelRun> fitted = run.models().stream().filter(ModelRun::fitted).toList();
        if (fitted.isEmpty()) {
            return;
        }
        String text = fitted.stream()
                .map(model -> "%s pipeline=%s model=%s version=%s verdict=%s\n"
                        .formatted(now, run.signal().pipeline(), model.model(), model.version(), model.verdict()))
                .collect(Collectors.joining());
        AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
