package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.standalone.AeroCast;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Environment;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.State;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.track.LocalRunLog;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.score.Accuracy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunsCommandTest {

    private static final Instant START = Instant.parse("2026-11-23T03:51:00Z");

    @TempDir
    Path data;

    @Test
    void listsTheNewestFirst() throws IOException {
        log("promoted", 0);
        log("held", 60);

        List<String> lines = runs().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("started \\(UTC\\) +pipeline +feature +model +reason +verdict +rmse .*");
        assertThat(lines.get(1))
                .matches(
                        "2026-11-23 03:52:00 +sim +temperature +gru +drift +held +0\\.7143 +- +0\\.9061 +2\\.5  v60 +here "
                                + "+challenger, challenger-gru");
        assertThat(lines.get(2)).startsWith("2026-11-23 03:51:00").endsWith("champion, champion-gru");
    }

    @Test
    void printsJson() throws IOException {
        log("promoted", 0);

        JsonNode runs = new JsonMapper().readTree(runs("--json"));

        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).path("key").asString()).isEqualTo("s0/gru");
        assertThat(runs.get(0).path("rmse").asDouble()).isEqualTo(0.71428);
        assertThat(runs.get(0).path("championRmse").isNull()).isTrue();
        assertThat(runs.get(0).path("aliases").get(0).asString()).isEqualTo("champion");
        assertThat(runs.get(0).path("mlflow").isNull()).isTrue();
    }

    @Test
    void listsNoRunsOfAnEmptyDirectory() {
        assertThat(runs().lines()).hasSize(1);
        assertThat(runs("--json")).isEqualToIgnoringNewLines("[]");
    }

    private void log(String verdict, int second) throws IOException {
        Instant start = START.plusSeconds(second);
        RunRecord run = new RunRecord(
                3,
                "s" + second,
                State.STARTED,
                1,
                start,
                null,
                new RetrainSignal("s", "sim", RetrainReason.DRIFT, start, null, null, null, "a note", Map.of()),
                new TreeSet<>(),
                null,
                new PipelineContract(List.of("temperature"), 24, List.of(1), Duration.ofHours(1)),
                Environment.current(),
                new TreeMap<>(),
                null,
                new TreeMap<>(),
                List.of(outcome(verdict, start, "v" + second)),
                new TreeSet<>(),
                new TreeMap<>(),
                null);
        DataDirectory directory = new DataDirectory(data);
        new RunRecords(directory).save(run);
        new LocalRunLog(directory).track(run, run.outcomes().getFirst().kind());
    }

    private static Outcome outcome(String verdict, Instant start, String version) {
        Candidate candidate =
                new Candidate(version, null, Map.of(), List.of(), start, 2, 0.5, "a.aerocast", "cd", null);
        Scores scores = new Scores(
                List.of(new Accuracy(1, 40, 0.71428, 0.5)),
                List.of(),
                List.of(new Accuracy(1, 40, 0.90607, 0.7)),
                List.of(),
                List.of(),
                null,
                null,
                0.8,
                0);
        return verdict.equals("promoted")
                ? new Published("temperature", "gru", candidate, scores, List.of())
                : new Held("temperature", "gru", candidate, scores, List.of());
    }

    private String runs(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = new String[options.length + 3];
            arguments[0] = "runs";
            arguments[1] = "--data-dir";
            arguments[2] = data.toString();
            System.arraycopy(options, 0, arguments, 3, options.length);
            assertThat(AeroCast.run(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
