package io.aerocast.standalone.client;

import io.aerocast.service.access.AccessProperties;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends and receives JSON over HTTP, with the token of the environment if there is one (`AEROCAST_ACCESS_TOKEN` or
/// `AEROCAST_ACCESS_TOKENFILE`, as the services read them).
final class JsonClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI base;
    private final Optional<String> token;

    JsonClient(URI base) {
        this(base, new StandardEnvironment());
    }

    JsonClient(URI base, Environment environment) {
        this.base = base;
        this.token = Binder.get(environment)
                .bind("aerocast.access", AccessProperties.class)
                .map(AccessProperties::secret)
                .orElse(Optional.empty());
    }

    /// @throws IOException if the service does not reply or replies with an error; the message is the service's own
    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = request(path, TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        return reply(send(request), "POST " + path);
    }

    /// @param query values by name; those that are `null` are left out
    /// @throws IOException if the service does not reply or replies with an error; the message is the service's own
    JsonNode get(String path, Map<String, @Nullable String> query) throws IOException, InterruptedException {
        StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> {
            if (value != null) {
                parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return reply(send(request(path + parameters, TIMEOUT).build()), "GET " + path);
    }

    private static JsonNode reply(HttpResponse<byte[]> response, String request) throws IOException {
        JsonNode reply = json(response.body());
        if (response.statusCode() != 200) {
            throw new IOException("%s gave %d: %s"
                    .formatted(
                            request, response.statusCode(), reply.path("detail").asString("no detail")));
        }
        return reply;
    }

    /// The body of a health check. Its status code is ignored: a service with a failed part replies 503 with the
    /// same body.
    ///
    /// @throws IOException if the service does not reply in time
    JsonNode health(String path, Duration timeout) throws IOException, InterruptedException {
        return json(send(request(path, timeout).build()).body());
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    /// Adds a message to the JDK's exception, which has none.
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("no service answers at %s".formatted(base), e);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("Expected a reply in JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
