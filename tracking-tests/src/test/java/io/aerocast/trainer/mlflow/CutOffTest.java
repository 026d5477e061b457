package io.aerocast.trainer.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.track.RefusedException;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.Runs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real server whose answer to one request is lost, as when a process is killed or the network fails.
class CutOffTest {

    private static final String PIPELINE = "cut-off";

    @TempDir
    Path directory;

    private final AtomicInteger requests = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private MlflowServer mlflow;
    private @Nullable HttpServer proxy;
    private volatile int lost;

    @BeforeEach
    void startProxy() throws IOException {
        mlflow = MlflowServer.shared();
        proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", this::pass);
        proxy.start();
    }

    @AfterEach
    void stopProxy() {
        if (proxy != null) { // without MLflow the test is skipped before
            proxy.stop(0);
        }
        client.close();
    }

    /// Forwards a request; the answer to one of them is lost.
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            int number = requests.incrementAndGet();
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    mlflow.uri() + exchange.getRequestURI().toString()))
                            .header("Content-Type", "application/json")
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (number == lost) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRunIsLoggedOnceWhicheverAnswerGetsLost() throws Exception {
        int all = log(1);
        for (int step = 1; step <= all; step++) {
            int run = step + 1;
            lost = step;
            requests.set(0);
            try {
                log(run);
            } catch (IOException e) {
                assertThat(e).as("answer %d of %d is lost", step, all).isNotInstanceOf(RefusedException.class);
                lost = 0;
                log(run);
            }
            lost = 0;
        }

        JsonNode logged = mlflow.pipeline(PIPELINE);
        List<JsonNode> runs = logged.path("runs").valueStream().toList();
        assertThat(runs).hasSize(all + 1).allSatisfy(run -> {
            assertThat(run.path("status").asString()).isEqualTo("FINISHED");
            assertThat(run.path("models")).hasSize(1);
            assertThat(run.path("datasets")).hasSize(3);
            assertThat(run.path("metrics").path("train.loss")).hasSize(3);
            assertThat(run.path("artifacts")).hasSize(3);
        });
        assertThat(runs)
                .extracting(run -> run.path("tags").path("aerocast.run").asString())
                .doesNotHaveDuplicates();
        List<JsonNode> versions = logged.path("versions").valueStream().toList();
        assertThat(versions).hasSize(all + 1);
        assertThat(versions.getLast().path("aliases").valueStream().map(JsonNode::asString))
                .containsExactly("champion", "champion-gru");
    }

    /// @return number of requests
    private int log(int number) throws IOException, InterruptedException {
        int before = requests.get();
        RunRecord run = Runs.promoted(PIPELINE, number);
        RunFiles files = Runs.files(new RunFiles(directory.resolve("run-" + number)), run);
        try (MlflowRunLog log = MlflowRunLog.of(new MlflowProperties(
                "http://127.0.0.1:%d".formatted(proxy.getAddress().getPort()),
                null,
                null,
                null,
                null,
                null,
                "aerocast",
                Duration.ofSeconds(60),
                Duration.ofSeconds(1)))) {
            log.log(Runs.tracked(run), files);
        }
        return requests.get() - before;
    }
}
