package io.aerocast.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.training.onnx.OnnxSignature;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs the example of `docs/library.md` in a process of its own.
class LibraryExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final int HOURS = 21 * 24;

    @TempDir
    Path directory;

    @Test
    void theDocumentedExampleBacktestsFitsAndExports() throws Exception {
        Path csv = directory.resolve("observations.csv");
        Path onnx = directory.resolve("model.onnx");
        Files.write(csv, observations());
        compile();

        String output = run(csv, onnx);

        assertThat(output)
                .contains("observations.csv:4: ") // the rejected row
                .containsPattern("gru +1 steps ahead: RMSE \\d\\.\\d{3}, skill ")
                .containsPattern("seasonal +24 steps ahead: RMSE ")
                .containsPattern("persistence +6 steps ahead: RMSE \\d\\.\\d{3}, skill 0\\.000\n")
                .containsPattern("gru \\d{8}T\\d{6}Z-[0-9a-f]{7} of pipeline noaa: (promoted|held)")
                .contains("there is no champion");
        assertThat(OnnxSignature.of(Files.readAllBytes(onnx)).outputs())
                .extracting(OnnxSignature.Field::name)
                .containsExactly("forecast", "lower", "upper");
    }

    private void compile() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "library.md")));
        assertThat(example.find()).as("docs/library.md has a Java example").isTrue();
        Path source = directory.resolve("Example.java");
        Files.writeString(source, example.group(1));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed = compiler.run(null, null, null, "-cp", classPath(), source.toString());
        assertThat(failed).as("exit code of javac").isZero();
    }

    private String run(Path csv, Path onnx) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        directory + File.pathSeparator + classPath(),
                        "Example",
                        csv.toString(),
                        onnx.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("the example ends")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /// Three weeks with a daily cycle; the third row is no observation.
    private static List<String> observations() {
        Random random = new Random(1);
        Instant start = Instant.parse("2013-05-01T00:00:00Z");
        Stream<String> rows = IntStream.range(0, HOURS).mapToObj(hour -> {
            double phase = 2 * Math.PI * hour / 24;
            return String.format(
                    Locale.ROOT,
                    "KJFK,%s,%.2f,%.2f,%.1f",
                    hour == 2 ? "yesterday" : start.plus(Duration.ofHours(hour)),
                    15 + 5 * Math.sin(phase) + random.nextGaussian(),
                    5 + Math.sin(phase) + 0.5 * random.nextGaussian(),
                    1015 + random.nextGaussian());
        });
        return Stream.concat(Stream.of("station,ts,temperature,windspeed,pressure"), rows)
                .toList();
    }
}
