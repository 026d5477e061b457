package io.aerocast.trainer.mlflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// MLflow's REST interface, version 2.0 (https://mlflow.org/docs/latest/api_reference/rest-api.html). Safe for
/// use by several threads.
final class MlflowClient implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final String ARTIFACT_SCHEME = "mlflow-artifacts";
    private static final int LONGEST_MESSAGE = 500;

    private final String base;
    private final Duration timeout;
    private final @Nullable String authorization;
    private final HttpClient http;

    /// @param properties with a tracking URI
    /// @throws IllegalStateException if a certificate cannot be read, naming it
    MlflowClient(MlflowProperties properties) {
        this.base = Objects.requireNonNull(properties.trackingUri());
        this.timeout = properties.timeout();
        this.authorization = authorization(properties);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .proxy(ProxySelector.getDefault());
        Certificates.of(properties).ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /// The address of a page of MLflow's user interface.
    ///
    /// @param place as in `experiments/1`
    URI page(String place) {
        return URI.create("%s/#/%s".formatted(base, place));
    }

    /// @param endpoint below `/api/2.0/mlflow/`
    /// @throws MlflowException if the server does not answer with success
    /// @throws IOException if it does not answer in time
    JsonNode get(String endpoint, Map<String, String> query) throws IOException, InterruptedException {
        return json("GET", API + endpoint + query(query), BodyPublishers.noBody());
    }

    /// As [#get].
    JsonNode post(String endpoint, Map<String, ?> body) throws IOException, InterruptedException {
        return json("POST", API + endpoint, publisher(body));
    }

    /// As [#get].
    JsonNode patch(String endpoint, Map<String, ?> body) throws IOException, InterruptedException {
        return json("PATCH", API + endpoint, publisher(body));
    }

    /// As [#get].
    JsonNode delete(String endpoint, Map<String, ?> body) throws IOException, InterruptedException {
        return json("DELETE", API + endpoint, publisher(body));
    }

    /// The version of the server, or empty where it is unknown.
    String version() throws IOException, InterruptedException {
        try {
            String version =
                    new String(send("GET", "/version", BodyPublishers.noBody()), StandardCharsets.UTF_8).strip();
            return version.matches("[0-9][0-9A-Za-z.+-]*") ? version : "";
        } catch (MlflowException _) {
            return "";
        }
    }

    /// Stores a file, in place of an earlier one of the same name.
    ///
    /// @param root artifact URI of a run or a model, as received from the server
    /// @param path below it
    /// @throws MlflowException if the server does not take it
    void upload(String root, String path, byte[] bytes) throws IOException, InterruptedException {
        send("PUT", ARTIFACTS + "/" + encoded(place(root) + "/" + path), BodyPublishers.ofByteArray(bytes));
    }

    /// A file that was stored.
    byte[] download(String root, String path) throws IOException, InterruptedException {
        return send("GET", ARTIFACTS + "/" + encoded(place(root) + "/" + path), BodyPublishers.noBody());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// The path on the server behind an artifact URI, as in `mlflow-artifacts:/1/0a1b/artifacts`.
    private static String place(String root) throws IOException {
        URI uri = URI.create(root);
        if (!ARTIFACT_SCHEME.equals(uri.getScheme())) {
            throw new IOException(
                    ("The MLflow server does not serve artifacts: expected an artifact root of scheme %s, found %s; start it with "
                                    + "--serve-artifacts and --artifacts-destination, and use an experiment that was created since")
                            .formatted(ARTIFACT_SCHEME, root));
        }
        return uri.getPath().replaceFirst("^/+", "");
    }

    private JsonNode json(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        byte[] answer = send(method, path, body);
        try {
            return MAPPER.readTree(answer);
        } catch (JacksonException e) {
            throw new IOException(
                    "%s %s did not answer with JSON: %s".formatted(method, base + path, shortened(answer)), e);
        }
    }

    private byte[] send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", path.startsWith(API) ? "application/json" : "application/octet-stream")
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        String what = "%s %s".formatted(method, base + path.replaceFirst("\\?.*", ""));
        HttpResponse<byte[]> response = inTime(what, http.sendAsync(request.build(), BodyHandlers.ofByteArray()));
        if (response.statusCode() / 100 != 2) {
            throw failure(what, response);
        }
        return response.body();
    }

    /// `HttpRequest.timeout` ends with the headers of the answer; this holds until its last byte.
    private HttpResponse<byte[]> inTime(String what, CompletableFuture<HttpResponse<byte[]>> answer)
            throws IOException, InterruptedException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new InterruptedIOException("%s was not answered within %d ms".formatted(what, timeout.toMillis()));
        } catch (ExecutionException e) {
            throw new IOException("%s cannot be reached: %s".formatted(what, cause(e)), e);
        } finally {
            answer.cancel(true);
        }
    }

    /// The JDK's exceptions often have no message of their own.
    private static String cause(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null && (cause == e || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.toString();
    }

    private static MlflowException failure(String what, HttpResponse<byte[]> response) {
        String code = "";
        String message = shortened(response.body());
        try {
            JsonNode error = MAPPER.readTree(response.body());
            code = error.path("error_code").asString("");
            message = error.path("message").asString(message);
        } catch (JacksonException _) {
            // A proxy or the web server answers in a form of its own.
        }
        return new MlflowException(what, response.statusCode(), code, message);
    }

    private static String shortened(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
    }

    private static BodyPublisher publisher(Map<String, ?> body) {
        return BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
    }

    private static String query(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static @Nullable String authorization(MlflowProperties properties) {
        if (properties.token() != null) {
            return "Bearer " + properties.token();
        }
        if (properties.username() != null) {
            byte[] credentials = "%s:%s"
                    .formatted(properties.username(), properties.password())
                    .getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(credentials);
        }
        return null;
    }
}
