package io.aerocast.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.standalone.runtime.Service;
import io.aerocast.system.http.RunningServices.Handle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Requests that are refused, and their replies.
@ExtendWith(RunningServices.class)
class ErrorRepliesTest {

    private static final String LONG_INTEGER = "1".repeat(310);
    private static final String JSON = "Content-Type: application/json";

    private final Handle services;

    ErrorRepliesTest(Handle services) {
        this.services = services;
    }

    @ParameterizedTest(name = "{0} → {2}")
    @MethodSource({"everywhere", "ofTheServer"})
    void everyServiceRefuses(String name, String request, int status) throws IOException {
        for (Service service : Service.values()) {
            RawReply reply = RawReply.to(services.port(service), request);

            assertThat(reply.status()).as("%s of %s: %s", name, service, reply).isEqualTo(status);
            reply.problem();
        }
    }

    /// Refused by Spring.
    static Stream<Arguments> everywhere() {
        return Stream.of(
                Arguments.of("an unknown path", get("/nowhere"), 404),
                Arguments.of("the error page of other servers", get("/error"), 404),
                Arguments.of("two slashes", get("//"), 400),
                Arguments.of("another method", request("DELETE", "/healthz"), 405),
                Arguments.of("a method of nobody", request("BREW", "/healthz"), 405),
                Arguments.of("a malformed Accept", get("/healthz", "Accept: ///"), 406),
                Arguments.of("an Accept without JSON", get("/healthz", "Accept: image/png"), 406),
                Arguments.of("YAML", get("/healthz", "Accept: application/yaml"), 406),
                Arguments.of("metrics as an image", get("/metrics", "Accept: image/png"), 406),
                Arguments.of("health as an image", get("/health", "Accept: image/png"), 406),
                Arguments.of("metrics for a malformed Accept", get("/metrics", "Accept: ///"), 406),
                Arguments.of("health for a malformed Accept", get("/health", "Accept: ///"), 406),
                Arguments.of("metrics by another method", request("POST", "/metrics"), 405),
                Arguments.of("an unknown probe", get("/health/none"), 404),
                Arguments.of("a part of a probe that has none", get("/health/readiness/broker/x/y"), 404));
    }

    /// Refused by the server, before the request reaches Spring.
    static Stream<Arguments> ofTheServer() {
        return Stream.of(
                Arguments.of("a bad request line", "GET\r\n\r\n", 400),
                Arguments.of("a character that no address has", get("/a|b\"<"), 400),
                Arguments.of("a bad escape in the path", get("/%"), 400),
                Arguments.of("a path that leaves the root", get("/../../etc/passwd"), 400),
                Arguments.of("a bad escape in a parameter of the path", get("/healthz;a=%zz"), 400),
                Arguments.of("an encoded slash", get("/page%2f.."), 400),
                Arguments.of("no host", "GET /healthz HTTP/1.1\r\n\r\n", 400),
                Arguments.of("a malformed host", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                Arguments.of("two lengths", post("/x", "{}", "Content-Length: 3"), 400),
                Arguments.of("a negative length", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
                Arguments.of("a header without a colon", get("/healthz", "nonsense"), 400),
                Arguments.of("over 200 cookies", get("/healthz", "Cookie: " + "a=b; ".repeat(250)), 400),
                Arguments.of("headers that are too large", get("/healthz", "X: " + "x".repeat(20_000)), 400),
                Arguments.of("TRACE", request("TRACE", "/healthz"), 405),
                Arguments.of("another expectation", get("/healthz", "Expect: a-miracle"), 417),
                Arguments.of("another transfer encoding", post("/x", "", "Transfer-Encoding: snail"), 501),
                Arguments.of("another version", "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n", 505));
    }

    @ParameterizedTest(name = "{0}: {1} → {3}")
    @MethodSource
    void aServiceRefuses(Service service, String name, String request, int status) throws IOException {
        RawReply reply = RawReply.to(services.port(service), request);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        reply.problem();
    }

    static Stream<Arguments> aServiceRefuses() {
        String form = "Content-Type: multipart/form-data; boundary=b";
        return Stream.of(
                api(
                        "a long integer in a sequence",
                        post("/predict", "{\"sequence\":[%s]}".formatted(LONG_INTEGER)),
                        400),
                api(
                        "a long integer in rows",
                        post("/predict", "{\"sequence\":[[1,2,%s],[1,2,3]]}".formatted(LONG_INTEGER)),
                        400),
                api("a long prediction", post("/eval", "{\"predicted\":%s,\"actual\":1}".formatted(LONG_INTEGER)), 400),
                api(
                        "a long horizon",
                        post("/predict", "{\"sequence\":[1],\"horizon\":%s}".formatted(LONG_INTEGER)),
                        400),
                api("a form to /predict", request("POST", "/predict", "--b--", form), 415),
                api("a form to /eval", request("POST", "/eval", "--b--", form), 415),
                api("a form to the check", request("POST", "/routine-retrain-check", "--b--", form), 415),
                api("a malformed station", get("/latest?station=%"), 400),
                api("a malformed pipeline", get("/latest?pipeline=%zz"), 400),
                api("a malformed query", request("POST", "/routine-retrain-check?pipeline=%"), 400),
                api("an unknown pipeline", get("/latest?pipeline=mars"), 400),
                api("YAML of /latest", get("/latest", "Accept: application/yaml"), 406),
                api("YAML of an error", get("/latest?pipeline=mars", "Accept: application/yaml"), 406),
                api("an error for a malformed Accept", get("/latest?pipeline=mars", "Accept: ///"), 406),
                api("a bad chunk", chunked("/predict", "zz\r\n{}\r\n0\r\n\r\n"), 400),
                api("a body that ends too soon", chunked("/predict", "5\r\n{}"), 400),
                api("a broken content type", request("POST", "/predict", "{}", "Content-Type: ///"), 415),
                api("an unknown charset", request("POST", "/predict", "{}", JSON + ";charset=klingon"), 415),
                api("a body of nothing", post("/predict", "null"), 400),
                api("no body", post("/predict", ""), 400),
                api("lone surrogates", post("/predict", "{\"\\ud800\":1}"), 400),
                api("a byte that is no UTF-8", post("/predict", "{\"\u00ff\":1}"), 400),
                api("an unknown file of the page", get("/page/secret.txt"), 404),
                trainer("a form to /cancel", request("POST", "/cancel", "--b--", form), 415),
                trainer("a form to /rollback", request("POST", "/rollback", "--b--", form), 415),
                trainer("an unknown field", post("/cancel", "{\"runs\":\"a\"}"), 400),
                trainer("a repeated field", post("/cancel", "{\"run\":\"a\",\"run\":\"b\"}"), 400),
                trainer("a number for a text", post("/rollback", "{\"pipeline\":1,\"model\":\"gru\"}"), 400),
                trainer("a body of nothing", post("/rollback", "null"), 400),
                trainer("a list", post("/cancel", "[]"), 400),
                trainer("a run id that is no file name", post("/cancel", "{\"run\":\"../x\"}"), 400),
                trainer(
                        "a run id that is too long",
                        post("/cancel", "{\"run\":\"%s\"}".formatted("x".repeat(300))),
                        400),
                trainer("an unknown run", post("/cancel", "{\"run\":\"none\"}"), 404),
                trainer(
                        "a version that leaves the directory",
                        post("/rollback", "{\"pipeline\":\"sim\",\"model\":\"gru\",\"version\":\"../../x\"}"),
                        400),
                trainer(
                        "a version of half a character",
                        post("/rollback", "{\"pipeline\":\"sim\",\"model\":\"gru\",\"version\":\"\\ud800\"}"),
                        400),
                trainer("an unknown model", post("/rollback", "{\"pipeline\":\"sim\",\"model\":\"oracle\"}"), 409),
                trainer("a malformed version", get("/lineage?version=%"), 400),
                trainer("no version", get("/lineage"), 400),
                trainer("a version of nobody", get("/lineage?version=%00"), 404),
                trainer("a malformed forecast", get("/lineage?forecast=a"), 400),
                Arguments.of(Service.DRIFT, "a malformed station", get("/drift?station=%"), 400),
                Arguments.of(Service.DRIFT, "a station of nobody", get("/drift?station=%00/../x"), 404),
                Arguments.of(Service.DRIFT, "an unknown pipeline", get("/drift?pipeline=mars"), 400));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anEmptyAcceptIsAnyType(Service service) throws IOException {
        for (String path : List.of("/metrics", "/healthz", "/health")) {
            RawReply reply = RawReply.to(services.port(service), get(path, "Accept: "));

            assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(200);
            reply.requireHeaders();
        }
    }

    @Test
    void aCompressedBodyIsRefusedWithTheEncodingThatIsAccepted() throws IOException {
        byte[] body = gzip("{\"sequence\":[1]}");
        for (String path : List.of("/predict", "/eval", "/routine-retrain-check")) {
            RawReply reply = RawReply.to(
                    services.port(Service.API), post(path, new String(body, ISO_8859_1), "Content-Encoding: gzip"));

            assertThat(reply.status()).as(path).isEqualTo(415);
            assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
            assertThat(reply.problem().path("detail").stringValue()).contains("Content-Encoding", "gzip");
        }
    }

    @Test
    void theRequestIdOfTheClientIsInReplyProblemAndLog() throws IOException {
        RawReply reply = RawReply.to(services.port(Service.API), get("/nowhere", "X-Request-Id: client-1.A_b"));

        assertThat(reply.header("X-Request-Id")).isEqualTo("client-1.A_b");
        assertThat(reply.problem().path("requestId").stringValue()).isEqualTo("client-1.A_b");
        await().untilAsserted(() -> assertThat(services.logged("requestId=client-1.A_b"))
                .singleElement()
                .asString()
                .contains("request refused", "status=\"404\"", "path=\"/nowhere\""));
    }

    @Test
    void aRequestIdThatCouldForgeALogIsReplaced() throws IOException {
        for (String id : List.of("", "a b", "x".repeat(65), "a\"b", "<script>", "\u00ff")) {
            RawReply reply = RawReply.to(services.port(Service.API), get("/healthz", "X-Request-Id: " + id));

            assertThat(reply.header("X-Request-Id")).as(id).matches("[0-9a-f]{16}");
            reply.requireHeaders();
        }
    }

    @Test
    void theHeadOfAnErrorHasNoBody() throws IOException {
        RawReply reply = RawReply.to(services.port(Service.API), request("HEAD", "/nowhere"));

        assertThat(reply.status()).isEqualTo(404);
        reply.requireHeaders();
    }

    @Test
    void aMethodThatIsNotAllowedIsAnsweredWithThoseThatAre() throws IOException {
        RawReply reply = RawReply.to(services.port(Service.API), request("DELETE", "/predict"));
        JsonNode problem = reply.problem();

        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(problem.path("detail").stringValue()).isEqualTo("Expected POST, found DELETE");
    }

    private static Arguments api(String name, String request, int status) {
        return Arguments.of(Service.API, name, request, status);
    }

    private static Arguments trainer(String name, String request, int status) {
        return Arguments.of(Service.TRAINER, name, request, status);
    }

    private static String get(String path, String... headers) {
        return request("GET", path, "", headers);
    }

    private static String post(String path, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = JSON;
        return request("POST", path, body, all);
    }

    private static String chunked(String path, String chunks) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nTransfer-Encoding: chunked\r\n\r\n%s"
                .formatted(path, JSON, chunks);
    }

    private static String request(String method, String path) {
        return request(method, path, "");
    }

    private static String request(String method, String path, String body, String... headers) {
        StringBuilder request = new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path));
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty() || method.equals("POST")) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(ISO_8859_1));
        }
        return bytes.toByteArray();
    }
}
