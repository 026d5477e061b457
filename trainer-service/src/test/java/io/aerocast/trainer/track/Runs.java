package io.aerocast.trainer.track;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Environment;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Failed;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecord.Part;
import io.aerocast.trainer.record.RunRecord.State;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.onnx.OnnxExport;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.IntervalScore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Run records of one kind of model and their files, in the state before they are tracked.
public final class Runs {

    /// Begin of the first run.
    public static final Instant START = Instant.parse("2026-11-23T03:51:00Z");

    /// The feature that the models forecast.
    public static final String FEATURE = "temperature";

    private static final Duration TOOK = Duration.ofSeconds(2);

    private Runs() {}

    /// A candidate that serves now.
    public static RunRecord promoted(String pipeline, int number) {
        return run(pipeline, number, published("gru", number));
    }

    /// A candidate that does not.
    public static RunRecord held(String pipeline, int number) {
        List<Finding> findings = List.of(new Finding("champion", false, "it is no better"));
        return run(pipeline, number, new Held(FEATURE, "gru", candidate(number), scores(number), findings));
    }

    /// A seasonal candidate that serves now.
    public static RunRecord promotedSeasonal(String pipeline, int number) {
        return run(pipeline, number, published("seasonal", number));
    }

    /// A training with an error.
    public static RunRecord failed(String pipeline, int number) {
        Instant end = START.plusSeconds(number).plus(TOOK);
        return run(pipeline, number, new Failed(FEATURE, "gru", end, "out of memory"));
    }

    /// The version of a run's candidate.
    public static String version(int number) {
        return "20261123T0351%02dZ-1f3870b".formatted(number);
    }

    /// The only outcome of a run.
    public static Outcome outcome(RunRecord run) {
        return run.outcomes().getFirst();
    }

    /// The form in which a run log takes it.
    public static TrackedRun tracked(RunRecord run) {
        return TrackedRun.of(run, outcome(run));
    }

    public static String key(RunRecord run) {
        return TrackedRun.key(run.id(), outcome(run).kind());
    }

    /// Keeps the record of a run in a data directory, unless it is there.
    ///
    /// @return the record that is there now
    public static RunRecord keep(Path data, RunRecord run) throws IOException {
        RunRecords records = new RunRecords(new DataDirectory(data));
        return records.find(run.id()).isPresent() ? records.find(run.id()).get() : records.save(run);
    }

    private static RunRecord run(String pipeline, int number, Outcome outcome) {
        Instant start = START.plusSeconds(number);
        return new RunRecord(
                3,
                "%s-%d-0a1b2c3d".formatted(pipeline, number),
                State.STARTED,
                1,
                start,
                null,
                new RetrainSignal(
                        "signal/%d".formatted(number),
                        pipeline,
                        RetrainReason.DRIFT,
                        start,
                        null,
                        null,
                        null,
                        "it's \"drift\"",
                        Map.of()),
                new TreeSet<>(),
                null,
                new PipelineContract(List.of("temperature"), 24, List.of(1, 24), Duration.ofHours(1)),
                new Environment("25", "Linux-amd64", "0.1", "0123456789abcdef"),
                new TreeMap<>(),
                null,
                new TreeMap<>(Map.of(FEATURE, data())),
                List.of(outcome),
                new TreeSet<>(),
                new TreeMap<>(),
                null);
    }

    private static Data data() {
        Part part = new Part(START.minusSeconds(500), START.minusSeconds(1), 120, "00ff".repeat(16));
        return new Data(
                URI.create("file:///data/processed"),
                List.of(new Source("lab", 0, 120, 3, 122)),
                120,
                part,
                part,
                part,
                null,
                null,
                0.5);
    }

    private static Published published(String kind, int number) {
        List<Finding> findings = List.of(new Finding("champion", true, "it's better"));
        return new Published(FEATURE, kind, candidate(number), scores(number), findings);
    }

    private static Candidate candidate(int number) {
        return new Candidate(
                version(number),
                number > 1 ? version(number - 1) : null,
                Map.of("hidden", "24"),
                IntStream.rangeClosed(1, 3)
                        .mapToObj(epoch -> new Epoch(epoch, 1.0 / epoch, 1.5 / epoch, 0.1 * epoch))
                        .toList(),
                START.plusSeconds(number),
                1.5,
                0.5,
                "a.aerocast",
                "cd",
                null);
    }

    private static Scores scores(int number) {
        IntervalScore interval = new IntervalScore(40, 0.9, 0.92, 2.1, 3.1, 0.4);
        return new Scores(
                List.of(new Accuracy(1, 40, 0.7, 0.5), new Accuracy(24, 17, 2.5, 2.0)),
                List.of(),
                List.of(new Accuracy(1, 40, 0.9, 0.7), new Accuracy(24, 17, 3.5, 2.5)),
                List.of(interval, interval),
                List.of(new Skill(1, 40, 0.3), new Skill(24, 17, 0.2)),
                number > 1
                        ? new Against(version(number - 1), new DieboldMariano(2, 0.01, 40), new EValue(22, 40))
                        : null,
                null,
                0.8,
                0.01);
    }

    /// Writes the files of a run, with a real model where there was a candidate.
    public static RunFiles files(RunFiles files, RunRecord run) throws IOException {
        write(
                files.artifacts().resolve("plots/learning curve.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes());
        if (outcome(run) instanceof Outcome.Judged) {
            byte[] shipped = ShippedModels.find("sim", "temperature", "gru").orElseThrow();
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
