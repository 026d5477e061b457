package io.aerocast.training.dataset;

import static io.aerocast.training.dataset.Observations.at;
import static io.aerocast.training.dataset.Observations.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingCsvTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Pipeline SIM = Pipelines.builtIn().require("sim");

    @TempDir
    Path directory;

    @Test
    void writesTheContract() throws IOException {
        Pipeline two = TrainingCsv.contract(Observations.weather(24, 1, 6), 2);
        List<Observation> observations = List.of(
                at(two, "A", 0, 1.5, 3, 1013.2), at(two, "A", 1, 2, Double.NaN, 1012), at(two, "A", 2, 2.5, 4, 1011));

        Path file = directory.resolve("train.csv");
        TrainingCsv.write(file, Dataset.of(two, samples(two, observations)));

        assertThat(file).hasContent("""
                t0_temp,t0_wind,t0_pressure,t1_temp,t1_wind,t1_pressure,target
                1.5,3.0,1013.2,2.0,,1012.0,2.5
                """);
    }

    @Test
    void readsBackWrittenWindows() throws IOException {
        Pipeline five = TrainingCsv.contract(SIM, 5);
        List<Observation> observations = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> new Observation(
                        "sim", "A", Instant.ofEpochSecond(i), java.util.Map.of("temperature", 20 + Math.sin(i))))
                .toList();
        Dataset written = Dataset.of(five, samples(five, observations));
        Path file = directory.resolve("train.csv");

        TrainingCsv.write(file, written);
        Dataset read = TrainingCsv.read(file, SIM);

        assertThat(read.sha256()).isEqualTo(written.sha256());
        assertThat(read.pipeline()).isEqualTo(five);
        assertThat(read.pipeline().lookback()).isEqualTo(5);
        assertThat(read.from()).isEqualTo(Instant.EPOCH);
        assertThat(read.samples().getFirst().lookback().origin()).isNull();
    }

    @Test
    void leavesOutLinesWithoutATargetOrALatestReading() throws IOException {
        Path file = file("t0_temp,t1_temp,target\n1,2,3\n1,2,\n1,,3\n\n4,5,6\r\n");

        assertThat(TrainingCsv.read(file, SIM).samples())
                .map(sample -> sample.targets()[0])
                .containsExactly(3.0, 6.0);
    }

    @Test
    void readsQuotedCells() throws IOException {
        Path file = file("\"t0_temp\",\"t1_temp\",\"target\"\r\n\"1\",2,\"3\"\r\n4,\"\",7\r\n\"4\",5,\"6.5\"\r\n");

        Dataset read = TrainingCsv.read(file, SIM);

        assertThat(read.samples()).map(sample -> sample.targets()[0]).containsExactly(3.0, 6.5);
        assertThat(TrainingCsv.pipelineOf(file, Pipelines.builtIn()).name()).isEqualTo("sim");
    }

    @Test
    void readsALongWindow() throws IOException {
        StringBuilder header = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (int step = 0; step < 20_000; step++) {
            header.append("t%d_temp,".formatted(step));
            row.append("1.25,");
        }
        Path file = file(header + "target\n" + row + "2\n");

        assertThat(TrainingCsv.read(file, SIM).pipeline().lookback()).isEqualTo(20_000);
    }

    @Test
    void namesBothFeatureListsWhereTheyDiffer() throws IOException {
        Path file = file("t0_temp,t1_temp,target\n1,2,3\n");

        assertThatThrownBy(() -> TrainingCsv.read(file, NOAA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s holds windows of 1 feature(s) [temp], but pipeline noaa has 3: [temp, wind, pressure]"
                        .formatted(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | is empty; expected a header",
                "t0_temp,t1_temp                     | the last column must be 'target', found 't1_temp'",
                "t0_temp,target                      | windows of 1 step; a window has at least 2",
                "t1_temp,t0_temp,target              | column 1 must be 't0_temp', found 't1_temp'",
                "t0_temp,t2_temp,target              | column 2 must be 't1_temp', found 't2_temp'",
                "t0_wind,t1_wind,target              | windows of 1 feature(s) [wind], but pipeline sim has 1: [temp]",
                "ts,t0_temp,t1_temp,target           | column 1 must be 't0_temp', found 'ts'",
                "t0_temp,t1_temp,target%1,2          | line 2: expected 3 cells, found 2",
                "t0_temp,t1_temp,target%1,2,3,4      | line 2: expected 3 cells, found 4",
                "t0_temp,t1_temp,target%1,2,3%1,NaN,3 | line 3: cell 2 must be a finite number, or empty",
                "t0_temp,t1_temp,target%1,x,3        | found 'x'",
                "t0_temp,t1_temp,target%1,\"2,3      | line 2: expected every quoted cell to end on its line",
                "t0_temp,t1_temp,target%1,2,         | holds no window to train on",
            })
    void refusesAFileThatIsNotATrainingFile(String text, String message) throws IOException {
        Path file = file(text.replace('%', '\n'));

        assertThatThrownBy(() -> TrainingCsv.read(file, SIM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
    }

    @Test
    void findsThePipelineOfAHeader() throws IOException {
        Pipelines pipelines = Pipelines.builtIn();

        assertThat(TrainingCsv.pipelineOf(file("t0_temp,t1_temp,target\n"), pipelines)
                        .name())
                .isEqualTo("sim");
        assertThat(TrainingCsv.pipelineOf(file("\uFEFFt0_temp,t0_wind,t0_pressure,target\n"), pipelines)
                        .name())
                .isEqualTo("noaa");
        Path foreign = file("t0_humidity,target\n");
        assertThatThrownBy(() -> TrainingCsv.pipelineOf(foreign, pipelines))
                .hasMessageContaining("[humidity]")
                .hasMessageContaining("sim: [temp]");
    }

    @Test
    void namesAMissingFile() {
        Path missing = directory.resolve("none.csv");

        assertThatThrownBy(() -> TrainingCsv.read(missing, SIM))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.csv");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("given.csv"), text);
    }
}
