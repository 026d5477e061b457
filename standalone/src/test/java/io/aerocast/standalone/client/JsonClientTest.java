package io.aerocast.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class JsonClientTest {

    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsTheTokenOfTheEnvironment(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "from-the-file-0123\n");
        post(Map.of());
        post(Map.of("AEROCAST_ACCESS_TOKEN", "from-the-variable"));
        post(Map.of("AEROCAST_ACCESS_TOKENFILE", file.toString()));

        assertThat(authorizations).containsExactly("null", "Bearer from-the-variable", "Bearer from-the-file-0123");
    }

    private void post(Map<String, String> environment) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        StandardEnvironment variables = new StandardEnvironment();
        variables
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(environment)));
        try (JsonClient client = new JsonClient(address, variables)) {
            client.post("/cancel", Map.of());
        }
    }
}
