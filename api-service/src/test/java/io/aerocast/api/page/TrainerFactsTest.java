package io.aerocast.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.aerocast.api.page.TrainerView.ProbationView;
import io.aerocast.api.page.TrainerView.RunView;
import io.aerocast.api.training.TrainerProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerFactsTest {

    private static final String HEALTH = """
            {"ok": true, "training": {"phase": "waiting for data", "runs": [
               {"phase": "waiting for data", "pipeline": "noaa", "reason": "drift", "samples": 20, "needed": 168,
                "since": "2026-11-30T19:44:32Z", "text": "waiting"},
               {"phase": "fitting", "pipeline": "sim", "reason": "manual", "samples": 1, "needed": 2}], "verdicts": []},
             "probation": [{"pipeline": "noaa", "feature": "pressure", "model": "gru", "version": "2", "champion": "1",
               "gridTimes": 12, "of": 168}]}""";

    @Test
    void showsOpenRunsAndProbations() throws IOException {
        HttpServer trainer = answering(HEALTH);
        try (TrainerFacts facts = new TrainerFacts(address(trainer))) {
            await().until(() -> facts.newest().isPresent());

            TrainerView view = facts.newest().orElseThrow();
            assertThat(view.reachable()).isTrue();
            assertThat(view.runs())
                    .containsExactly(
                            new RunView(
                                    "noaa",
                                    "waiting for data",
                                    "drift",
                                    20,
                                    168,
                                    Instant.parse("2026-11-30T19:44:32Z")),
                            new RunView("sim", "fitting", "manual", 1, 2, null));
            assertThat(view.probation())
                    .containsExactly(new ProbationView("noaa", "pressure", "gru", "2", "1", 12, 168));
        } finally {
            trainer.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{\"training\": {\"runs\": [{\"since\": \"yesterday\"}]}}"})
    void aReplyOfAnotherFormCountsAsNone(String body) throws IOException {
        HttpServer trainer = answering(body);
        try (TrainerFacts facts = new TrainerFacts(address(trainer))) {
            await().until(() -> facts.newest().isPresent());

            assertThat(facts.newest()).get().extracting(TrainerView::reachable).isEqualTo(false);
        } finally {
            trainer.stop(0);
        }
    }

    @Test
    void aTrainerThatDoesNotAnswerIsUnreachable() {
        try (TrainerFacts facts = new TrainerFacts(URI.create("http://127.0.0.1:1"))) {
            await().until(() -> facts.newest().isPresent());

            assertThat(facts.newest()).get().extracting(TrainerView::reachable).isEqualTo(false);
        }
    }

    @Test
    void knowsNothingWithoutAnAddress() {
        try (TrainerFacts facts = new TrainerFacts(null)) {
            assertThat(facts.newest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8002", "ftp://trainer", "http://me:secret@trainer", "/trainer"})
    void refusesAnInvalidAddress(String url) {
        assertThatThrownBy(() -> new TrainerProperties(URI.create(url), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("aerocast.api.trainer.url must be an absolute http or https URI without a user")
                .hasMessageNotContaining("secret");
    }

    private static HttpServer answering(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
