package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.standalone.AeroCast;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.track.LocalRunLog;
import io.aerocast.trainer.track.TrackedRun;
import io.aerocast.trainer.track.TrackedRun.Metric;
import io.aerocast.trainer.track.TrackedRun.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        assertThat(lines.get(0)).matches("started \\(UTC\\) +pipeline +model +reason +verdict +rmse .*");
        assertThat(lines.get(1))
                .matches(
                        "2026-11-23 03:52:00 +sim +gru +drift +held +0\\.7143 +- +0\\.9061 +2\\.5  v60 +here +challenger, "
                                + "challenger-gru");
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
        TrackedRun run = new TrackedRun(
                TrackedRun.SCHEMA,
                "s%d/gru".formatted(second),
                "a run",
                "sim",
                "gru",
                RetrainReason.DRIFT,
                "s",
                "a note",
                State.FINISHED,
                start,
                start.plusMillis(2500),
                "v" + second,
                verdict,
                null,
                Map.of(),
                Map.of(),
                List.of(new Metric("rmse", 0.71428, 0, start), new Metric("persistence.rmse", 0.90607, 0, start)),
                List.of());
        LocalRunLog log = new LocalRunLog(new DataDirectory(data));
        log.log(run, log.files(run.key()));
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
