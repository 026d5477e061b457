package io.aerocast.trainer.track;

import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.trainer.track.TrackedRun.Data;
import io.aerocast.trainer.track.TrackedRun.Metric;
import io.aerocast.trainer.track.TrackedRun.Source;
import io.aerocast.trainer.track.TrackedRun.State;
import io.aerocast.training.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tracked runs and their files, as a training would leave them.
public final class Runs {

    /// When the first run began.
    public static final Instant START = Instant.parse("2026-11-23T03:51:00Z");

    private Runs() {}

    /// A candidate that serves now.
    public static TrackedRun promoted(String pipeline, int number) {
        return run(pipeline, "gru", number, TrackedRun.PROMOTED, State.FINISHED, version(number));
    }

    /// A candidate that does not.
    public static TrackedRun held(String pipeline, int number) {
        return run(pipeline, "gru", number, "held", State.FINISHED, version(number));
    }

    /// A seasonal candidate that serves now.
    public static TrackedRun promotedSeasonal(String pipeline, int number) {
        return run(pipeline, "seasonal", number, TrackedRun.PROMOTED, State.FINISHED, version(number));
    }

    /// A training that went wrong.
    public static TrackedRun failed(String pipeline, int number) {
        return run(pipeline, "gru", number, "failed", State.FAILED, null);
    }

    /// The version of a run's candidate.
    public static String version(int number) {
        return "20261123T0351%02dZ-1f3870b".formatted(number);
    }

    private static TrackedRun run(
            String pipeline, String kind, int number, String verdict, State state, @Nullable String version) {
        Instant start = START.plusSeconds(number);
        List<Metric> metrics = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            metrics.add(new Metric("train.loss", 1.0 / epoch, epoch, start.plusMillis(100L * epoch)));
        }
        metrics.add(new Metric("holdout/rmse", 0.7, 1, start.plusSeconds(2)));
        metrics.add(new Metric("holdout/rmse", 2.5, 24, start.plusSeconds(2)));
        metrics.add(new Metric("rmse", 0.7, 0, start.plusSeconds(2)));
        metrics.add(new Metric("persistence.rmse", 0.9, 0, start.plusSeconds(2)));
        return new TrackedRun(
                TrackedRun.SCHEMA,
                "%s-%d-0a1b2c3d/%s".formatted(pipeline, number, kind),
                "%s %d".formatted(kind, number),
                pipeline,
                kind,
                RetrainReason.DRIFT,
                "signal/%d".formatted(number),
                "**Why:** it's \"drift\"",
                state,
                start,
                start.plusSeconds(2),
                version,
                verdict,
                number > 1 ? version(number - 1) : null,
                Map.of("java", "25", "os", "Linux-amd64", "commit", "0123456789abcdef"),
                Map.of("hidden", "24", "features", "temperature"),
                metrics,
                List.of(new Data(
                        "training",
                        "00ff".repeat(16),
                        "file:///data/processed",
                        List.of("temperature"),
                        120,
                        START.minusSeconds(500),
                        START.minusSeconds(1),
                        List.of(new Source("lab", 0, 120, 3, 122)))));
    }

    /// Puts files of a run in their place, with a real model where there was a candidate.
    public static RunFiles files(RunFiles files, TrackedRun run) throws IOException {
        write(
                files.artifacts().resolve("verdict.json"),
                "{\"verdict\": \"%s\"}".formatted(run.verdict()).getBytes());
        write(
                files.artifacts().resolve("plots/learning curve.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes());
        if (run.version() != null) {
            byte[] shipped = ShippedModels.find("sim", "gru").orElseThrow();
            write(files.artifacts().resolve("model.aerocast"), shipped);
            write(files.model().resolve("model.onnx"), OnnxExport.write(ModelArtifact.read(shipped)));
        }
        return files;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
