package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.AeroCast;
import io.aerocast.standalone.runtime.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {

    private static final Instant START = Instant.parse("2013-06-01T00:00:00Z");

    @TempDir
    Path parent;

    private final Random random = new Random(7);
    private DataDirectory directory;
    private History history;
    private int hours;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(parent.resolve("data"));
        history = new History(file("logs/prediction_history.csv"));
    }

    @Test
    void becomingDriftIsCountedOnceAndRaisesAFlagWithItsReason() throws Exception {
        feed(300, 0.5);
        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("calm");
        assertThat(file("drift_count.txt")).doesNotExist();
        assertThat(file("retrain.flag")).doesNotExist();

        feed(60, 4);
        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("drift");
        assertThat(file("drift_count.txt")).hasContent("1");
        assertThat(file("last_drift.txt")).hasContent("2013-06-15T23:00:00Z");
        assertThat(Files.readAllLines(file("retrain.flag")))
                .hasSize(3)
                .contains("pipeline=noaa", "reason=drift")
                .anySatisfy(line -> assertThat(line).startsWith("note=error of noaa/gru has grown since 2013-06-13T"));

        // As the trainer does once it has taken the flag.
        Files.delete(file("retrain.flag"));
        feed(10, 4);
        assertThat(detect()).isZero();
        assertThat(file("drift_count.txt")).hasContent("1");
        assertThat(file("retrain.flag")).doesNotExist();
    }

    @Test
    void comingAndGoingIsCountedEachTime() {
        feed(300, 0.5);
        feed(60, 4);
        detect();
        feed(200, 0.4);
        detect();
        assertThat(file("last_drift_state.txt")).hasContent("calm");
        feed(60, 4);
        detect();

        assertThat(file("drift_count.txt")).hasContent("2");
    }

    @Test
    void otherModelsInTheHistoryDoNotCount() {
        feed(300, 0.5);
        for (int i = 0; i < 60; i++) {
            history.append(row("sim/gru", 9));
        }

        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("calm");
    }

    @Test
    void withoutAHistoryThereIsNothingToJudge() {
        assertThat(detect()).isEqualTo(1);
        assertThat(file("last_drift_state.txt")).doesNotExist();
    }

    @Test
    void aDamagedHistoryIsRefused() throws Exception {
        feed(3, 0.5);
        Files.writeString(history.file(), History.HEADER + "\n2013-06-01T00:00:00Z,noaa/gru,warm,1,1\n");

        assertThat(detect()).isEqualTo(1);
        assertThat(file("last_drift_state.txt")).doesNotExist();
    }

    private int detect() {
        return AeroCast.run("detect", "--data-dir=" + directory.root());
    }

    private void feed(int count, double error) {
        for (int i = 0; i < count; i++) {
            history.append(row("noaa/gru", error));
        }
    }

    /// A reading that moves, and a forecast that misses it by about the error.
    private History.Row row(String model, double error) {
        double actual = 20 + 5 * Math.sin(hours * Math.PI / 12) + random.nextGaussian();
        double missed = error * random.nextGaussian();
        return new History.Row(START.plusSeconds(3600L * hours++), model, actual - missed, actual, Math.abs(missed));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
