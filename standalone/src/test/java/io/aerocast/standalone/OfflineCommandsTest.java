package io.aerocast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.runtime.DataHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs commands in a JVM of their own and reads the log of the classes that it loads.
class OfflineCommandsTest {

    private static final Pattern LOADED = Pattern.compile("] (\\S+) source:");

    @TempDir
    Path directory;

    @Test
    void commandsOnFilesStartNoApplicationContext() throws Exception {
        Path data = directory.resolve("data");
        land(data, 600);
        String model = directory.resolve("sim.aerocast").toString();

        assertThat(classesOf(
                        List.of(
                                "training-data",
                                "--pipeline=sim",
                                "--data-dir=" + data,
                                "--out=" + directory.resolve("sim.csv")),
                        List.of("train", "--pipeline=sim", "--model=seasonal", "--data-dir=" + data, "--out=" + model),
                        List.of("export", model, "--out=" + directory.resolve("sim.onnx")),
                        List.of("backtest", data.toString(), "--pipeline=sim", "--model=seasonal"),
                        List.of("runs", "--data-dir=" + data)))
                .contains("io.aerocast.training.Training")
                .doesNotContain(
                        "org.springframework.boot.SpringApplication",
                        "org.springframework.context.support.AbstractApplicationContext");
    }

    @Test
    void helpStartsNoLogAndReadsNoPipeline() throws Exception {
        assertThat(classesOf(List.of("backtest", "--help")))
                .contains("io.aerocast.standalone.backtest.BacktestCommand")
                .noneMatch(name -> name.startsWith("ch.qos.logback."))
                .doesNotContain("tools.jackson.databind.ObjectMapper");
    }

    /// Runs commands, one after another. Separated by `--`.
    static final class Commands {

        private Commands() {}

        public static void main(String[] arguments) {
            List<String> command = new ArrayList<>();
            for (String argument : arguments) {
                if (!argument.equals("--")) {
                    command.add(argument);
                    continue;
                }
                int exit = AeroCast.run(command.toArray(String[]::new));
                if (exit != 0) {
                    System.exit(exit);
                }
                command.clear();
            }
        }
    }

    @SafeVarargs
    private Set<String> classesOf(List<String>... commands) throws IOException, InterruptedException {
        Path classes = directory.resolve("classes.txt");
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                Commands.class.getName()));
        Arrays.stream(commands).forEach(command -> {
            java.addAll(command);
            java.add("--");
        });
        Path output = directory.resolve("output.txt");
        int exit = new ProcessBuilder(java)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(() -> read(output)).isZero();
        return LOADED.matcher(read(classes)).results().map(m -> m.group(1)).collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void land(Path data, int count) throws IOException {
        Pipeline sim = Pipelines.builtIn().require("sim");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Random random = new Random(3);
        List<LandedObservation> rows = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            double temperature = 15 + 6 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian();
            rows.add(new LandedObservation(
                    new Observation("sim", "SIM-1", start.plusSeconds(step), Map.of("temperature", temperature)),
                    0,
                    step,
                    Instant.EPOCH));
        }
        new Lake(DataHome.open(data).root()).write(sim, rows);
    }
}
