package io.aerocast.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.AeroCast;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoCommandTest {

    @TempDir
    Path parent;

    @Test
    void notHealedInTimeExitsWithOneAndTheReason() {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = AeroCast.run(
                    "demo",
                    "--until-healed",
                    "--json",
                    "--timeout=1s",
                    "--data-dir=" + parent.resolve("data"),
                    "--api-port=0",
                    "--ingest-port=0",
                    "--trainer-port=0",
                    "--drift-port=0",
                    "--broker-port=0");
        } finally {
            System.setOut(standardOutput);
        }

        assertThat(exit).isEqualTo(1);
        JsonNode verdict = new JsonMapper()
                .readTree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
        assertThat(verdict.path("healed").asBoolean()).isFalse();
        assertThat(verdict.path("reason").asString())
                .matches("The .* did not start in time|Topic .* did not appear in time|the heatwave has not come yet");
        assertThat(verdict.propertyNames())
                .contains("observationsToDetection", "secondsSignalToServing", "rmseCalm", "rmseDrifted", "rmseHealed")
                .contains("persistenceRmseCalm", "persistenceRmseDrifted", "persistenceRmseHealed")
                .contains("oldModelRmseHealed", "modelVersions", "pipelines", "seconds");
    }
}
