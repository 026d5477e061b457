package io.aerocast.system.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.Ports;
import io.aerocast.standalone.runtime.Service;
import io.aerocast.standalone.runtime.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The four services with a token: each request that changes something takes it.
class DoorsTest {

    private static final String TOKEN = "a-token-of-the-tests-0123456789";

    private static Standalone standalone;

    @BeforeAll
    static void start(@TempDir Path directory) {
        standalone = new Standalone(DataHome.open(directory), Ports.free());
        standalone.startBroker();
        Map<Service, List<String>> settings = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            settings.put(service, List.of("--aerocast.access.token=" + TOKEN));
        }
        standalone.startServices(settings);
    }

    @AfterAll
    static void stop() {
        standalone.close();
    }

    @ParameterizedTest
    @CsvSource({
        "API, POST, /eval",
        "API, POST, /v1/eval",
        "API, POST, /routine-retrain-check",
        "API, POST, /v1/routine-retrain-check",
        "API, POST, /v1/models/noaa/gru/rollback",
        "API, DELETE, /v1/trainings/1",
        "API, DELETE, /v1/trainings/predict",
        "TRAINER, POST, /rollback",
        "TRAINER, POST, /cancel",
        "INGEST, POST, /anything",
        "DRIFT, POST, /drift"
    })
    void changesTakeTheToken(Service service, String method, String path) throws IOException {
        RawReply without = send(service, method, path, "");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.body()).contains("\"status\":401", "Authorization: Bearer", "\"requestId\"");
        assertThat(send(service, method, path, "Authorization: Bearer another-token-0123456789\r\n")
                        .status())
                .isEqualTo(401);
        assertThat(send(service, method, path, "Authorization: Bearer %s\r\n".formatted(TOKEN))
                        .status())
                .isNotIn(401, 403);
        assertThat(send(
                                service,
                                method,
                                path,
                                "Authorization: Bearer %s\r\nSec-Fetch-Site: cross-site\r\n".formatted(TOKEN))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void readingIsOpen(Service service) throws IOException {
        for (String path : List.of("/healthz", "/livez", "/metrics")) {
            assertThat(send(service, "GET", path, "").status()).as(path).isEqualTo(200);
        }
        assertThat(send(service, "GET", "/health", "").body()).doesNotContain("127.0.0.1", "\"path\"");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void otherNamesAreNotAnswered(Service service) throws IOException {
        assertThat(RawReply.to(
                                port(service),
                                "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void largeBodiesAreRefusedByTheTrainer() throws IOException {
        String body = "{\"note\": \"%s\"}".formatted("x".repeat(1_500_000));
        String request = """
                POST /rollback HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""";
        assertThat(RawReply.to(port(Service.TRAINER), request.formatted(TOKEN, body.length(), body))
                        .status())
                .isEqualTo(413);
    }

    private static RawReply send(Service service, String method, String path, String headers) throws IOException {
        return RawReply.to(
                port(service),
                "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                        .formatted(method, path, headers));
    }

    private static int port(Service service) {
        Ports ports = standalone.ports();
        return switch (service) {
            case INGEST -> ports.ingest();
            case TRAINER -> ports.trainer();
            case API -> ports.api();
            case DRIFT -> ports.drift();
        };
    }
}
