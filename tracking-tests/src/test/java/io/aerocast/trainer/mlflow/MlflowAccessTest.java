package io.aerocast.trainer.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.Runs;
import io.aerocast.trainer.track.TrackedRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Authentication and TLS.
class MlflowAccessTest {

    @TempDir
    Path directory;

    /// A real server with TLS and its own user management.
    @Test
    void logsOverTlsAsAUser() throws Exception {
        try (MlflowServer server = MlflowServer.in(
                directory,
                "--app-name",
                "basic-auth",
                "--uvicorn-opts",
                "--ssl-keyfile %s --ssl-certfile %s"
                        .formatted(directory.resolve("key.pem"), directory.resolve("certificate.pem")))) {
            server.script("certificate.py", "", directory.toString());
            Files.writeString(directory.resolve("auth.ini"), """
                    [mlflow]
                    default_permission = READ
                    database_uri = sqlite:///%s
                    admin_username = trainer
                    admin_password = a long password
                    authorization_function = mlflow.server.auth:authenticate_request_basic_auth
                    """.formatted(directory.resolve("auth.db")));
            server.with("MLFLOW_AUTH_CONFIG_PATH", directory.resolve("auth.ini").toString())
                    .with("MLFLOW_FLASK_SERVER_SECRET_KEY", "only for this test")
                    .start();
            String https = server.uri().toString().replace("http:", "https:");
            String certificate = directory.resolve("certificate.pem").toString();
            TrackedRun run = Runs.tracked(Runs.promoted("sim", 1));
            RunFiles files = Runs.files(new RunFiles(directory.resolve("run")), Runs.promoted("sim", 1));

            try (MlflowRunLog log = log(https, "trainer", "a long password", null, certificate)) {
                log.log(run, files);

                assertThat(log.newest(5))
                        .singleElement()
                        .satisfies(found -> assertThat(found.key()).isEqualTo(run.key()));
                assertThat(log.aliases("sim")).containsEntry("champion", Runs.version(1));
            }
            try (MlflowRunLog log = log(https, "trainer", "another password", null, certificate)) {
                assertThatThrownBy(() -> log.log(run, files))
                        .isInstanceOf(MlflowException.class)
                        .hasMessageContaining("gave 401");
            }
            try (MlflowRunLog log = log(https, "trainer", "a long password", null, null)) {
                assertThatThrownBy(() -> log.log(run, files))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("unable to find valid certification path");
            }
        }
    }

    @Test
    void sendsATokenAlone() throws Exception {
        AtomicReference<@Nullable String> authorization = new AtomicReference<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"experiments\": []}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        String address = "http://127.0.0.1:%d".formatted(proxy.getAddress().getPort());
        try (MlflowRunLog log = log(address, null, null, "a token", null)) {
            log.newest(1);

            assertThat(authorization.get()).isEqualTo("Bearer a token");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void namesACertificateThatCannotBeRead() {
        assertThatThrownBy(() -> log("https://127.0.0.1:1", null, null, null, "missing.pem"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing.pem");
    }

    private static MlflowRunLog log(
            String address,
            @Nullable String user,
            @Nullable String password,
            @Nullable String token,
            @Nullable String certificate) {
        return MlflowRunLog.of(new MlflowProperties(
                address,
                user,
                password,
                token,
                certificate,
                null,
                "aerocast",
                Duration.ofSeconds(60),
                Duration.ofSeconds(1)));
    }
}
