package io.aerocast.api.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// What is forwarded to the trainer, in a replica that knows one.
@ExtendWith(RunningApi.class)
class ForwardingTest {

    private static final String TRAININGS = """
            {"open": [{"run": "r2", "pipeline": "sim", "phase": "fitting", "epoch": 3, "epochs": 60}],
             "ended": [{"run": "r1", "pipeline": "sim", "state": "finished", "reason": "drift", "outcomes": [
               {"feature": "temperature", "model": "gru", "verdict": "held", "version": "7", "champion": "6",
                "at": "2026-11-30T19:44:32Z", "reasons": ["it forgot the calm", "its interval is too narrow"],
                "metrics": {"rmse": 1.5}}]}]}""";

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static HttpServer trainer;
    private static ConfigurableApplicationContext service;

    private final Handle api;

    ForwardingTest(Handle api) {
        this.api = api;
    }

    @BeforeAll
    static void start(Handle api) throws IOException {
        trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.createContext("/", ForwardingTest::answer);
        trainer.start();
        service = api.replica("--aerocast.api.trainer.url=http://127.0.0.1:"
                + trainer.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
        trainer.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        ASKED.add("%s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body, authorization));
        boolean known = exchange.getRequestURI().getPath().equals("/trainings");
        String reply = known ? TRAININGS : "{\"title\": \"No such run\", \"detail\": \"No open run has it\"}";
        byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void listsTrainingsAndSignals() {
        Reply reply = RunningApi.get(service, "/v1/trainings?pipeline=sim&limit=5");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().at("/open/0/epoch").intValue()).isEqualTo(3);
        assertThat(reply.body().at("/ended/0/outcomes/0/verdict").asString()).isEqualTo("held");
        assertThat(reply.body().path("signals").isArray()).isTrue();
        assertThat(ASKED).contains("GET /trainings?limit=5&pipeline=sim  null");
    }

    @Test
    void showsChampionsAndVerdictsInWords() {
        JsonNode models = RunningApi.get(service, "/v1/models?pipeline=sim").body();

        assertThat(models.at("/champions/0/pipeline").asString()).isEqualTo("sim");
        assertThat(models.at("/champions/0/shipped").isBoolean()).isTrue();
        assertThat(models.at("/history/0/words").asString())
                .isEqualTo("gru of temperature was held: it forgot the calm; its interval is too narrow");
        assertThat(models.at("/history/0/champion").asString()).isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE | /v1/trainings/r2?note=no%20drift          |                 | POST /cancel {"run":"r2","note":"no drift"} Bearer t
            POST   | /v1/models/sim/gru/rollback               |                 | POST /rollback {"pipeline":"sim","model":"gru"} Bearer t
            POST   | /v1/models/sim/gru/rollback               | {"version":"6"} | POST /rollback {"version":"6","pipeline":"sim","model":"gru"} Bearer t
            GET    | /v1/lineage/20261123T035100Z-1f3870b      |                 | GET /lineage?version=20261123T035100Z-1f3870b  null
            GET    | /v1/lineage/sim/lab/temperature/gru/1/2013-07-01T12:00:00Z/6 | | GET /lineage?forecast=sim%2Flab%2Ftemperature%2Fgru%2F1%2F2013-07-01T12%3A00%3A00Z%2F6  null
            """)
    void forwardsRequestsAndPassesRefusalsOn(String method, String path, String body, String forwarded)
            throws Exception {
        HttpResponse<String> reply = send(service, method, path, body == null ? "" : body);

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply.body()).contains("\"title\":\"No such run\"", "\"detail\":\"No open run has it\"");
        assertThat(ASKED).contains(forwarded);
    }

    @Test
    void saysThatThereIsNoTrainer() {
        Reply trainings = api.get("/v1/trainings");
        Reply models = api.get("/v1/models");

        assertThat(trainings.status()).isEqualTo(503);
        assertThat(trainings.text("title")).isEqualTo("No trainer");
        assertThat(models.status()).isEqualTo(200);
        assertThat(models.body().has("history")).isFalse();
        assertThat(models.text("note")).contains("aerocast.api.trainer.url");
    }

    @Test
    void saysThatTheTrainerDoesNotAnswer() {
        try (ConfigurableApplicationContext alone = api.replica("--aerocast.api.trainer.url=http://127.0.0.1:1")) {
            Reply reply = RunningApi.get(alone, "/v1/lineage/1");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.text("title")).isEqualTo("Trainer away");
        }
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext service, String method, String path, String body)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!method.equals("GET")) {
            request.header("Authorization", "Bearer t");
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
