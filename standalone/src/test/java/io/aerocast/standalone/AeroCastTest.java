package io.aerocast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.ModelKinds;
import io.aerocast.standalone.runtime.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AeroCastTest {

    private final PrintStream standardOutput = System.out;
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(standardOutput);
        System.setErr(standardError);
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        assertThat(AeroCast.run("help")).isZero();
        assertThat(out())
                .contains("demo", "up", "simulate", "replay", "training-data", "train", "feed", "detect", "clean")
                .contains("runs", "rollback", "cancel", "lineage", "retrain", "drift")
                .contains("generate-completion", "Exit codes:")
                .doesNotContain("\033[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "simulate",
                "replay",
                "training-data",
                "train",
                "feed",
                "detect",
                "clean",
                "runs",
                "rollback",
                "cancel",
                "lineage",
                "retrain",
                "drift"
            })
    void everyCommandHasHelp(String command) {
        assertThat(AeroCast.run(command, "--help")).isZero();
        assertThat(out()).contains("Usage: aerocast " + command);
    }

    @Test
    void printsItsVersion() {
        assertThat(AeroCast.run("--version")).isZero();
        assertThat(out()).startsWith("AeroCast ");
    }

    @Test
    void writesACompletionScript() {
        assertThat(AeroCast.run("generate-completion")).isZero();
        assertThat(out()).contains("complete -F");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(AeroCast.run("fly")).isEqualTo(2);
        assertThat(AeroCast.run("up", "--api-port", "eighty")).isEqualTo(2);
        assertThat(AeroCast.run("up", "--bogus")).isEqualTo(2);
        assertThat(AeroCast.run("demo", "--timeout", "soon")).isEqualTo(2);
        assertThat(AeroCast.run("demo", "--json")).isEqualTo(2);
        assertThat(AeroCast.run("demo", "--until", "2013-02-01")).isEqualTo(2);
        assertThat(AeroCast.run("demo", "--until", "2013-08-01", "--until-healed"))
                .isEqualTo(2);
        assertThat(AeroCast.run("train", "--model", "oracle")).isEqualTo(2);
        assertThat(AeroCast.run("train", "--model", "blend")).isEqualTo(2);
        assertThat(AeroCast.run("feed", "--model", "oracle")).isEqualTo(2);
        assertThat(AeroCast.run("rollback", "--feature", "humidity")).isEqualTo(2);
        assertThat(AeroCast.run("cancel")).isEqualTo(2);
        assertThat(AeroCast.run("cancel", "run-1", "--pipeline", "sim")).isEqualTo(2);
        assertThat(AeroCast.run("training-data", "--pipeline", "mars", "--out", "x"))
                .isEqualTo(2);
        assertThat(AeroCast.run("training-data", "--window", "1", "--out", "x")).isEqualTo(2);
        assertThat(AeroCast.run("replay")).isEqualTo(2);
        assertThat(err())
                .contains("Unmatched argument", "eighty", "--bogus")
                .contains("--json needs --until-healed or --until")
                .contains("--until needs a date after 2013-03-01T00:00:00Z, found 2013-02-01")
                .contains("--until-healed and --until exclude each other")
                .contains("expected a time such as 180s or 3m, found 'soon'")
                .contains("Unknown model 'oracle' (known: %s)".formatted(String.join(", ", ModelKinds.TRAINED)))
                .contains("Unknown model 'blend' (known: %s)".formatted(String.join(", ", ModelKinds.TRAINED)))
                .contains("Unknown model 'oracle' (known: %s)".formatted(String.join(", ", ModelKinds.ALL)))
                .contains("Pipeline noaa does not forecast 'humidity' (it forecasts temperature, windspeed, pressure)")
                .contains("Expected either the id of a run, or --pipeline")
                .contains("Unknown pipeline 'mars' (known: noaa, sim)")
                .contains("at least 2 steps, found 1");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"aerocast.trainer.fit.hiden: 7, hiden", "aerocast.trainer.fit.hidden: many, many"})
    void namesTheCauseOfAnInvalidConfiguration(String line, String cause) throws Exception {
        Files.writeString(directory.resolve("trainer-service.yml"), line);
        System.setProperty(
                "spring.config.additional-location", directory.toUri().toString());
        try {
            assertThat(AeroCast.run("training-data", "--pipeline=sim", "--out=" + directory.resolve("x.csv")))
                    .isEqualTo(1);
        } finally {
            System.clearProperty("spring.config.additional-location");
        }
        assertThat(err()).contains("aerocast.trainer.fit", cause).doesNotContain("Unexpected");
    }

    @Test
    void reportsATakenPortBeforeAnythingStarts() throws Exception {
        Ports free = Ports.free();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit = AeroCast.run(
                    "up",
                    "--data-dir=" + directory.resolve("data"),
                    "--broker-port=" + free.broker(),
                    "--ingest-port=" + free.ingest(),
                    "--trainer-port=" + free.trainer(),
                    "--drift-port=" + free.drift(),
                    "--api-port=" + taken.getLocalPort());

            assertThat(exit).isEqualTo(1);
            assertThat(err())
                    .contains("aerocast: Port %d is in use: choose another with --api-port"
                            .formatted(taken.getLocalPort()))
                    .doesNotContain("\tat ");
            assertThat(directory.resolve("data/kafka")).doesNotExist();
        }
    }

    @Test
    void cleanRefusesAForeignDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("thesis.tex"), "years of work");

        assertThat(AeroCast.run("clean", "--data-dir=" + directory)).isEqualTo(1);
        assertThat(err()).contains("is not a data directory of AeroCast");
        assertThat(file).exists();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
