package io.aerocast.trainer.mlflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real MLflow server on the loopback interface, from the Python that `AEROCAST_MLFLOW_PYTHON` names or else
/// the first one on the path, with SQLite and its artifacts in a directory. It can be stopped and started again
/// on the same port.
public final class MlflowServer implements AutoCloseable {

    /// Names the Python to use, which must have MLflow.
    private static final String VARIABLE = "AEROCAST_MLFLOW_PYTHON";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PROBE =
            "import importlib.util as u,sys;sys.exit(0 if all(u.find_spec(m) for m in('mlflow','onnx','onnxruntime'))else 1)";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static @Nullable MlflowServer shared;

    private final Path directory;
    private final String python;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Process process;

    private MlflowServer(Path directory, String python, List<String> options) throws IOException {
        this.directory = directory;
        this.python = python;
        this.options = options;
        this.port = freePort();
    }

    /// A running server that all tests of this JVM share; it ends with the JVM. Without MLflow the test is
    /// skipped with a message that names the missing packages.
    public static synchronized MlflowServer shared() throws IOException {
        if (shared == null) {
            String python = python();
            Path directory = Files.createTempDirectory("aerocast-mlflow");
            MlflowServer server = new MlflowServer(directory, python, List.of());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(directory);
            }));
            server.start();
            shared = server;
        }
        return shared;
    }

    /// A server for one test, which is not started yet.
    ///
    /// @param options further options of `mlflow server`
    public static MlflowServer in(Path directory, String... options) throws IOException {
        return new MlflowServer(directory, python(), List.of(options));
    }

    private static String python() throws IOException {
        String named = System.getenv(VARIABLE);
        String python = named == null ? "python3" : named;
        boolean there = runs(python, "-c", PROBE);
        if (named != null && !there) {
            throw new IllegalStateException(
                    "%s names %s, which has no mlflow, onnx and onnxruntime".formatted(VARIABLE, named));
        }
        assumeTrue(
                there,
                "%s has no mlflow, onnx and onnxruntime: the tests with a real MLflow server are skipped. Install "
                                .formatted(python)
                        + "tracking-tests/src/test/python/requirements.txt, or name a Python that has them by "
                        + VARIABLE);
        return python;
    }

    private static boolean runs(String... command) {
        try {
            Process probe = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(1, TimeUnit.MINUTES) && probe.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Its address, whether it runs or not.
    public URI uri() {
        return URI.create("http://127.0.0.1:%d".formatted(port));
    }

    /// Adds a variable to its environment.
    MlflowServer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Starts it, and waits until it answers.
    public MlflowServer start() throws IOException {
        launch();
        await().atMost(PATIENCE).until(this::answers);
        return this;
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                python,
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + directory.resolve("mlflow.db"),
                "--artifacts-destination",
                directory.resolve("artifacts").toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()));
        builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /// It listens only when it is ready.
    private boolean answers() throws IOException {
        if (process != null && !process.isAlive()) {
            throw new AssertionError("MLflow ended: " + Files.readString(directory.resolve("server.log")));
        }
        return listens(port);
    }

    private static boolean listens(int port) throws IOException {
        try (Socket connection = new Socket("127.0.0.1", port)) {
            return connection.isConnected();
        } catch (ConnectException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /// Kills it with all its workers.
    public void stop() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            running.onExit().join();
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// The runs and versions of a pipeline as MLflow's own client reads them; see `read_pipeline.py`.
    public JsonNode pipeline(String name) throws IOException, InterruptedException {
        return MAPPER.readTree(script("read_pipeline.py", "", uri().toString(), name, "aerocast"));
    }

    /// A model that `mlflow models serve` serves, in this Python.
    public record Serving(Process process, URI uri) implements AutoCloseable {

        /// @param body JSON
        /// @return the body of the answer, whatever its status
        public String invoke(String body) throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(uri.resolve("/invocations"))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Starts serving, and waits until it answers.
    ///
    /// @param model as in `models:/aerocast-noaa@champion`
    public Serving serve(String model) throws IOException {
        int free = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        python,
                        "-m",
                        "mlflow",
                        "models",
                        "serve",
                        "-m",
                        model,
                        "--env-manager",
                        "local",
                        "-p",
                        "" + free)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("serve.log").toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", uri().toString());
        Path bin = Path.of(python).getParent();
        if (bin != null) {
            builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
        }
        Process serving = builder.start();
        await().atMost(PATIENCE).until(() -> {
            if (!serving.isAlive()) {
                throw new AssertionError("Serving ended: " + Files.readString(directory.resolve("serve.log")));
            }
            return listens(free);
        });
        return new Serving(serving, URI.create("http://127.0.0.1:" + free));
    }

    /// Runs a script of `src/test/python`.
    ///
    /// @param input for its standard input
    /// @return its standard output
    public String script(String name, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python, Path.of("src/test/python").resolve(name).toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "script", ".log");
        Process script =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (var to = script.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (script.waitFor() != 0) {
            throw new AssertionError("%s failed: %s".formatted(name, Files.readString(errors)));
        }
        return output;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException _) {
            // It is in the directory of temporary files.
        }
    }
}
