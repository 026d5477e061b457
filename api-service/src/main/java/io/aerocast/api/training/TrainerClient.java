package io.aerocast.api.training;

import io.aerocast.api.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the trainer. Its refusals are passed on; a trainer that is not configured, does not answer in time or fails is
/// a 503. Safe for use by several threads.
public final class TrainerClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long LARGEST_REPLY = 32L << 20;

    private final @Nullable URI url;
    private final Duration timeout;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    public TrainerClient(TrainerProperties properties) {
        this.url = properties.url();
        this.timeout = properties.timeout();
    }

    /// Whether there is an address of the trainer.
    public boolean configured() {
        return url != null;
    }

    /// The reply to a question.
    ///
    /// @param path with the query, encoded
    /// @throws ErrorResponseException the trainer's refusal, or 503
    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    /// The reply to a request.
    ///
    /// @param path as in `/cancel`
    /// @param authorization the header of the client, which the trainer checks, or `null`
    /// @throws ErrorResponseException the trainer's refusal, or 503
    JsonNode post(String path, JsonNode body, @Nullable String authorization) {
        HttpRequest.Builder request = request(path)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .POST(BodyPublishers.ofString(body.toString()));
        return send(authorization == null ? request : request.header(HttpHeaders.AUTHORIZATION, authorization));
    }

    private HttpRequest.Builder request(String path) {
        URI trainer = url;
        if (trainer == null) {
            throw Problem.unavailable(
                    "No trainer",
                    "The trainer answers this, and this service does not know its address (aerocast.api.trainer.url)");
        }
        return HttpRequest.newBuilder(trainer.resolve(path)).timeout(timeout);
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

    private static ErrorResponseException refused(HttpResponse<byte[]> reply, JsonNode body) {
        HttpStatusCode status = HttpStatusCode.valueOf(reply.statusCode());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, body.path("detail").asString("The trainer refused the request"));
        if (body.hasNonNull("title")) {
            problem.setTitle(body.path("title").asString());
        }
        ErrorResponseException refusal = new ErrorResponseException(status, problem, null);
        reply.headers()
                .firstValue(HttpHeaders.WWW_AUTHENTICATE)
                .ifPresent(challenge -> refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge));
        return refusal;
    }

    private static Problem away(String finding) {
        return Problem.unavailable(
                "Trainer away",
                "The trainer %s; a change that was asked for may still be made, so look before sending it again"
                        .formatted(finding));
    }

    /// A text as part of a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
