package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PushedOutcomesTest {

    private static final Instant TIME = Instant.parse("2026-11-23T03:51:00Z");

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    @Test
    void pushesTheOutcomeOfATrainingInItsOwnGroup() throws Exception {
        String pushed = pushed(trained());

        assertThat(pushed)
                .startsWith("POST /metrics/job/aerocast-training/")
                .contains("/pipeline/sim", "/model/gru")
                .contains(
                        "aerocast_batch_last_run_timestamp_seconds 1.79540586E9",
                        "aerocast_batch_last_success_timestamp_seconds 1.79540586E9",
                        "aerocast_batch_duration_seconds 2.6",
                        "aerocast_batch_rmse 0.714",
                        "aerocast_batch_persistence_rmse 0.906",
                        "aerocast_batch_verdict{verdict=\"promoted\"} 1.0",
                        "aerocast_batch_verdict{verdict=\"failed\"} 0.0");
    }

    @Test
    void aFailedTrainingLeavesTheTimeOfTheLastSuccess() throws Exception {
        String pushed = pushed(new Failed(Examples.FEATURE, "gru", TIME, "out of memory"));

        assertThat(pushed)
                .contains("aerocast_batch_last_run_timestamp_seconds", "aerocast_batch_verdict{verdict=\"failed\"} 1.0")
                .doesNotContain("aerocast_batch_last_success_timestamp_seconds", "aerocast_batch_rmse");
    }

    @Test
    void aPushgatewayThatIsDownIsLoggedAndDelaysNoTraining(CapturedOutput output) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (PushedOutcomes outcomes = new PushedOutcomes(properties("127.0.0.1:" + closed))) {
            outcomes.push("sim", trained(), TIME);

            await().untilAsserted(() -> assertThat(output).contains("outcome of a training not pushed"));
        }
    }

    @Test
    void aPushgatewayThatDoesNotAnswerIsGivenUp(CapturedOutput output) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PushedOutcomes outcomes = new PushedOutcomes(
                        new PushgatewayProperties("127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(100)))) {
            outcomes.push("sim", trained(), TIME);

            await().untilAsserted(() -> assertThat(output).contains("outcome of a training not pushed"));
        }
    }

    @Test
    void pushesOnlyToAGivenAddress() {
        assertThat(properties(null).on()).isFalse();
        assertThat(properties(" ").on()).isFalse();
        assertThat(properties("pushgateway:9091").on()).isTrue();
        assertThatThrownBy(() -> properties("http://pushgateway:9091"))
                .hasMessage("aerocast.trainer.pushgateway.address must be host:port, found http://pushgateway:9091");
    }

    private static PushgatewayProperties properties(@Nullable String address) {
        return new PushgatewayProperties(address, Duration.ofSeconds(5));
    }

    private static Outcome trained() {
        return Examples.proven().published();
    }

    /// The request that a Pushgateway receives: method, path and body.
    private String pushed(Outcome outcome) throws IOException, InterruptedException {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + body);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        gateway.start();
        try (PushedOutcomes outcomes = new PushedOutcomes(
                properties("127.0.0.1:" + gateway.getAddress().getPort()))) {
            outcomes.push("sim", outcome, TIME);
            return String.valueOf(requests.poll(30, TimeUnit.SECONDS));
        } finally {
            gateway.stop(0);
        }
    }
}
