package io.aerocast.api.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
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
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// What is forwarded to the simulator, in a replica that knows one and in one that does not.
@ExtendWith(RunningApi.class)
class SimulationTest {

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static HttpServer ingest;
    private static ConfigurableApplicationContext service;

    private final Handle api;

    SimulationTest(Handle api) {
        this.api = api;
    }

    @BeforeAll
    static void start(Handle api) throws IOException {
        ingest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingest.createContext("/", SimulationTest::answer);
        ingest.start();
        service = api.replica("--aerocast.api.simulator.url=http://127.0.0.1:"
                + ingest.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
        ingest.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ASKED.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        body,
                        exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] reply = "{\"simulators\": []}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    @Test
    void forwardsTheQuestionAndTheChangeWithTheAuthorization() throws Exception {
        send(request("/v1/simulators"));
        send(request("/v1/simulators/SIM%201")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer secret")
                .POST(BodyPublishers.ofString("{\"weather\": \"heatwave\"}")));

        assertThat(ASKED)
                .containsExactly(
                        "GET /simulators  null", "POST /simulators/SIM%201 {\"weather\":\"heatwave\"} Bearer secret");
    }

    @Test
    void withoutAnAddressThereIsNoSimulator() {
        assertThat(api.get("/v1/simulators").body().path("simulators").size()).isZero();
        assertThat(api.post("/v1/simulators/SIM-1", "{\"weather\": \"calm\"}").status())
                .isEqualTo(503);
    }

    private static HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
