package io.aerocast.standalone.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON over HTTP, as AeroCast's services speak it.
final class JsonClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI base;

    JsonClient(URI base) {
        this.base = base;
    }

    /// @throws IOException if the service does not answer, or refuses, in which case the message is its own
    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = send(request);
        JsonNode reply = json(response.body());
        if (response.statusCode() != 200) {
            throw new IOException("POST %s gave %d: %s"
                    .formatted(path, response.statusCode(), reply.path("detail").asString("no detail")));
        }
        return reply;
    }

    /// The JDK's exception has no message.
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("nothing answers at %s".formatted(base), e);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("The service answered something else than JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
