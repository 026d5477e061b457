package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.AeroCast;
import io.aerocast.standalone.runtime.DataHome;
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
    private DataHome directory;
    private History history;
    private int hours;

    @BeforeEach
    void open() {
        directory = DataHome.open(parent.resolve("data"));
        history = new History(file("logs/prediction_history.csv"));
    }

    @Test
    void becomingDriftIsCountedOnceAndRaisesAFlagWithItsReason() throws Exception {
        feed(300, 0.5);
        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=calm");
        assertThat(file("drift_count.txt")).doesNotExist();
        assertThat(file("retrain.flag")).doesNotExist();

        feed(60, 4);
        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=drift");
        assertThat(file("drift_count.txt")).hasContent("noaa/blend@KJFK=1");
        assertThat(file("last_drift.txt")).hasContent("noaa/blend@KJFK=2013-06-15T23:00:00Z");
        assertThat(Files.readAllLines(file("retrain.flag")))
                .hasSize(3)
                .contains("pipeline=noaa", "reason=drift")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("note=error of noaa/blend@KJFK has grown: ")
                        .contains("since 2013-06-13T"));

        // The trainer deletes the flag when it takes it.
        Files.delete(file("retrain.flag"));
        feed(10, 4);
        assertThat(detect()).isZero();
        assertThat(file("drift_count.txt")).hasContent("noaa/blend@KJFK=1");
        assertThat(file("retrain.flag")).doesNotExist();
    }

    @Test
    void everyEpisodeOfDriftIsCounted() throws Exception {
        feed(300, 0.5);
        feed(60, 4);
        detect();
        Files.delete(file("retrain.flag"));
        feed(200, 0.4);
        detect();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=calm");
        feed(60, 4);
        detect();

        assertThat(file("drift_count.txt")).hasContent("noaa/blend@KJFK=2");
    }

    @Test
    void rowsOfOtherModelsAreIgnored() {
        feed(300, 0.5);
        for (int i = 0; i < 60; i++) {
            history.append(row("sim/blend@SIM-1", 9));
        }

        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=calm");
    }

    @Test
    void pipelinesKeepTheirOwnStates() throws Exception {
        feed(300, 0.5);
        feed("sim/blend@SIM-1", 300, 0.5);
        feed("sim/blend@SIM-1", 60, 4);

        assertThat(detect("sim")).isZero();
        assertThat(file("retrain.flag")).content().contains("pipeline=sim");
        Files.delete(file("retrain.flag"));
        assertThat(detect("noaa")).isZero();
        assertThat(detect("sim")).isZero();

        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=calm\nsim/blend@SIM-1=drift");
        assertThat(file("drift_count.txt")).hasContent("sim/blend@SIM-1=1");
        assertThat(file("retrain.flag")).doesNotExist();
    }

    @Test
    void aWaitingFlagOfAnotherPipelineDelaysTheSignal() throws Exception {
        feed(300, 0.5);
        feed(60, 4);
        Files.writeString(file("retrain.flag"), "pipeline=sim\n");

        assertThat(detect()).isEqualTo(1);
        assertThat(file("retrain.flag")).hasContent("pipeline=sim");
        assertThat(file("last_drift_state.txt")).doesNotExist();

        Files.delete(file("retrain.flag"));
        assertThat(detect()).isZero();
        assertThat(file("retrain.flag")).content().contains("pipeline=noaa");
        assertThat(file("drift_count.txt")).hasContent("noaa/blend@KJFK=1");
    }

    @Test
    void continuesARunThatWasInterruptedAfterTheFlag() throws Exception {
        feed(300, 0.5);
        feed(60, 4);
        detect();
        Files.delete(file("last_drift_state.txt"));
        Files.delete(file("drift_count.txt"));

        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=drift");
        assertThat(file("drift_count.txt")).hasContent("noaa/blend@KJFK=1");
    }

    @Test
    void stationsAreEvaluatedSeparately() {
        for (int i = 0; i < 300; i++) {
            history.append(row("noaa/blend@KJFK", 0.5));
            // At the same hours. Its error is large but constant, which is no drift.
            hours--;
            history.append(row("noaa/blend@K%2CX", 4));
        }
        feed(60, 4);

        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@K%2CX=calm\nnoaa/blend@KJFK=drift");
    }

    @Test
    void aStationsNameFitsIntoACell() {
        assertThat(History.series("sim/gru", "SIM-1")).isEqualTo("sim/gru@SIM-1");
        assertThat(History.series("sim/gru", "a,b=c")).isEqualTo("sim/gru@a%2Cb%3Dc");
    }

    @Test
    void failsWithoutAHistory() {
        assertThat(detect()).isEqualTo(1);
        assertThat(file("last_drift_state.txt")).doesNotExist();
    }

    @Test
    void aDamagedHistoryIsRefused() throws Exception {
        feed(3, 0.5);
        Files.writeString(history.file(), History.HEADER + "\n2013-06-01T00:00:00Z,noaa/blend,warm,1,1\n");

        assertThat(detect()).isEqualTo(1);
        assertThat(file("last_drift_state.txt")).doesNotExist();
    }

    @Test
    void readsAHistoryThatASpreadsheetHasSaved() throws Exception {
        feed(300, 0.5);
        feed(60, 4);
        String saved = Files.readString(history.file()).replaceAll("([^,\n]+)", "\"$1\"");
        Files.writeString(history.file(), "\uFEFF" + saved.replace("\n", "\r\n"));

        assertThat(detect()).isZero();
        assertThat(file("last_drift_state.txt")).hasContent("noaa/blend@KJFK=drift");
    }

    private int detect() {
        return detect("noaa");
    }

    private int detect(String pipeline) {
        return AeroCast.run("detect", "--pipeline=" + pipeline, "--data-dir=" + directory.root());
    }

    private void feed(int count, double error) {
        feed("noaa/blend@KJFK", count, error);
    }

    private void feed(String series, int count, double error) {
        for (int i = 0; i < count; i++) {
            history.append(row(series, error));
        }
    }

    /// A varying reading, and a forecast whose error has this standard deviation.
    private History.Row row(String model, double error) {
        double actual = 20 + 5 * Math.sin(hours * Math.PI / 12) + random.nextGaussian();
        double missed = error * random.nextGaussian();
        int step = model.startsWith("sim/") ? 1 : 3600;
        return new History.Row(
                START.plusSeconds((long) step * hours++), model, actual - missed, actual, Math.abs(missed));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
