package io.aerocast.api.http;

import io.aerocast.service.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks another service. Its refusals are passed on; a service that is not configured, does not answer in time or fails
/// is a 503. Safe for use by several threads.
public final class PeerClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long LARGEST_REPLY = 32L << 20;

    private final String name;
    private final String key;
    private final @Nullable URI url;
    private final Duration timeout;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /// @param name of the service, as in `trainer`
    /// @param key the configuration key of its address
    /// @param url its address, or `null` without one
    /// @param timeout largest time to wait for a reply
    /// @param token with which this service reads, where reading takes one
    public PeerClient(String name, String key, @Nullable URI url, Duration timeout, Optional<String> token) {
        this.name = name;
        this.key = key;
        this.url = url;
        this.timeout = timeout;
        this.token = token;
    }

    /// Whether there is an address of the service.
    public boolean configured() {
        return url != null;
    }

    /// The reply to a question.
    ///
    /// @param path with the query, encoded
    /// @throws ErrorResponseException the service's refusal, or 503
    public JsonNode get(String path) {
        HttpRequest.Builder request = request(path).GET();
        token.ifPresent(known -> request.header(HttpHeaders.AUTHORIZATION, "Bearer " + known));
        return send(request);
    }

    /// The reply to a request.
    ///
    /// @param path as in `/cancel`
    /// @param authorization the header of the client, which the service checks, or `null`
    /// @throws ErrorResponseException the service's refusal, or 503
    public JsonNode post(String path, JsonNode body, @Nullable String authorization) {
        HttpRequest.Builder request = request(path)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .POST(BodyPublishers.ofString(body.toString()));
        return send(authorization == null ? request : request.header(HttpHeaders.AUTHORIZATION, authorization));
    }

    private HttpRequest.Builder request(String path) {
        URI peer = url;
        if (peer == null) {
            throw Problem.unavailable(
                    "No " + name,
                    "The %s answers this, and this service does not know its address (%s)".formatted(name, key));
        }
        return HttpRequest.newBuilder(peer.resolve(path)).timeout(timeout);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> reply =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REPLY));
            JsonNode body = JsonMapper.shared().readTree(reply.body());
            if (reply.statusCode() == 200) {
                return body;
            }
            throw reply.statusCode() < 500
                    ? refused(reply, body)
                    : away("failed: " + body.path("detail").asString(""));
        } catch (IOException | JacksonException _) {
            throw away("did not answer in time or not as expected");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw away("was not waited for");
        }
    }

    private ErrorResponseException refused(HttpResponse<byte[]> reply, JsonNode body) {
        HttpStatusCode status = HttpStatusCode.valueOf(reply.statusCode());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, body.path("detail").asString("The %s refused the request".formatted(name)));
        if (body.hasNonNull("title")) {
            problem.setTitle(body.path("title").asString());
        }
        ErrorResponseException refusal = new ErrorResponseException(status, problem, null);
        reply.headers()
                .firstValue(HttpHeaders.WWW_AUTHENTICATE)
                .ifPresent(challenge -> refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge));
        return refusal;
    }

    private Problem away(String finding) {
        return Problem.unavailable(
                "%s away".formatted(StringUtils.capitalize(name)),
                "The %s %s; a change that was asked for may still be made, so look before sending it again"
                        .formatted(name, finding));
    }

    @Override
    public void close() {
        http.close();
    }
}
