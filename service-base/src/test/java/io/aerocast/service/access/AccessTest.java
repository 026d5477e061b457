package io.aerocast.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.aerocast.service.HealthFact;
import io.aerocast.service.ServiceBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class AccessTest {

    private static final String TOKEN = "0123456789-correct";
    private static final String WITH_TOKEN = "--aerocast.access.token=" + TOKEN;

    @SpringBootApplication
    @Import(ServiceBase.class)
    static class Service {

        @Bean
        HealthFact landing() {
            return () -> Map.of("landing", Map.of("state", "failed", "problem", "no space in /data/processed"));
        }

        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    @RestController
    static class Endpoints {

        @DeleteMapping("/things/{id}")
        Map<String, String> delete(@PathVariable String id) {
            return Map.of("deleted", id);
        }

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @GetMapping("/read")
        Map<String, Boolean> read() {
            return Map.of("read", true);
        }

        @GetMapping("/slow")
        Map<String, Boolean> slow() throws InterruptedException {
            entered.countDown();
            released.await();
            return Map.of("slow", true);
        }

        @PostMapping({"/change", "/predict"})
        Map<String, Integer> change(@RequestBody Map<String, String> body) {
            return Map.of("changed", body.size());
        }
    }

    @Test
    void withATokenOnlyWhoSendsItMayChange() throws IOException {
        try (ConfigurableApplicationContext service = start(WITH_TOKEN)) {
            Reply none = post(service, "/change");
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.headers()).containsEntry("WWW-Authenticate", "Bearer");
            assertThat(none.headers().get("Content-Type")).startsWith("application/problem+json");
            assertThat(none.body()).contains("Authorization: Bearer", "found none");

            Reply other = post(service, "/change", "Authorization: Bearer 0123456789-another");
            assertThat(other.status()).isEqualTo(401);
            assertThat(other.body()).contains("found another one");

            assertThat(post(service, "/change", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
            assertThat(post(service, "/predict").status()).isEqualTo(200);
            assertThat(get(service, "/read").status()).isEqualTo(200);
        }
    }

    @Test
    void readingTakesTheTokenWhereThatIsConfiguredButProbesDoNot() throws IOException {
        try (ConfigurableApplicationContext service = start(WITH_TOKEN, "--aerocast.access.reading=token")) {
            assertThat(get(service, "/read").status()).isEqualTo(401);
            assertThat(get(service, "/metrics").status()).isEqualTo(401);
            assertThat(post(service, "/predict").status()).isEqualTo(401);
            assertThat(get(service, "/read", "Authorization: Bearer " + TOKEN).status())
                    .isEqualTo(200);
            assertThat(get(service, "/livez").status()).isEqualTo(200);
            assertThat(get(service, "/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void aThingOfThatNameIsNoForecast() throws IOException {
        try (ConfigurableApplicationContext service = start(WITH_TOKEN)) {
            assertThat(send(service, "DELETE /things/predict", "localhost").status())
                    .isEqualTo(401);
            assertThat(send(service, "DELETE /things//predict", "localhost").status())
                    .isIn(400, 401);
        }
        try (ConfigurableApplicationContext service = start()) {
            assertThat(send(service, "DELETE /things/predict", "localhost", "", "Sec-Fetch-Site: cross-site")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void serviceTellsNothingOfResourcesThatItDoesNotHave() throws IOException {
        try (ConfigurableApplicationContext service = start(WITH_TOKEN)) {
            assertThat(get(service, "/.well-known/oauth-protected-resource").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void theTokenMayStandInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        try (ConfigurableApplicationContext service = start("--aerocast.access.token-file=" + file)) {
            assertThat(post(service, "/change").status()).isEqualTo(401);
            assertThat(post(service, "/change", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
        }
    }

    /// @param header `;` separates headers
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /change  | Origin: https://evil.example                                  | 403
            /change  | Sec-Fetch-Site: cross-site                                    | 403
            /change  | Sec-Fetch-Site: same-site                                     | 403
            /change  | Origin: null                                                  | 403
            /change  | Sec-Fetch-Site: same-origin; Origin: http://localhost         | 200
            /change  | Origin: http://localhost                                      | 200
            /change  | Origin: https://friend.example; Sec-Fetch-Site: cross-site    | 200
            /change  | X-Other: 1                                                    | 200
            /predict | Sec-Fetch-Site: cross-site                                    | 200
            """)
    void aPageOfAnotherSiteChangesNothing(String path, String header, int status) throws IOException {
        try (ConfigurableApplicationContext service = start("--aerocast.access.origins=https://friend.example")) {
            Reply reply = post(service, path, header.split("; "));
            assertThat(reply.status()).isEqualTo(status);
            if (status == 403) {
                assertThat(reply.body()).contains("a page of another site");
            }
        }
    }

    @Test
    void onlyAllowedOriginsMayReadFromPagesOfTheirs() throws IOException {
        try (ConfigurableApplicationContext service = start("--aerocast.access.origins=https://friend.example")) {
            assertThat(get(service, "/read", "Origin: https://friend.example").headers())
                    .containsEntry("Access-Control-Allow-Origin", "https://friend.example");
            assertThat(get(service, "/read", "Origin: https://evil.example").headers())
                    .doesNotContainKey("Access-Control-Allow-Origin");
        }
        try (ConfigurableApplicationContext service = start()) {
            Reply reply = get(service, "/read", "Origin: https://friend.example");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        }
    }

    @Test
    void onLoopbackItAnswersToNoNameButLocalhostAndConfiguredOnes() throws IOException {
        try (ConfigurableApplicationContext service = start("--aerocast.access.hosts=forecast.example")) {
            assertThat(send(service, "GET /read", "evil.example").status()).isEqualTo(400);
            assertThat(send(service, "GET /read", "forecast.example").status()).isEqualTo(200);
            assertThat(send(service, "GET /read", "LOCALHOST:8000").status()).isEqualTo(200);
            assertThat(send(service, "GET /read", "127.0.0.1:8000").status()).isEqualTo(200);
            assertThat(send(service, "GET /read", "[::1]:8000").status()).isEqualTo(200);
        }
    }

    @Test
    void beyondLoopbackItTakesATokenOrAnExplicitKey() throws IOException {
        assertThatThrownBy(() -> start("--server.address=0.0.0.0"))
                .rootCause()
                .hasMessageContaining("without a token")
                .hasMessageContaining("AEROCAST_ACCESS_TOKEN")
                .hasMessageContaining("server.address=127.0.0.1")
                .hasMessageContaining("aerocast.access.unprotected=true");
        assertThatThrownBy(() -> start("--management.server.port=0"))
                .rootCause()
                .hasMessageContaining("all addresses without a token")
                .hasMessageContaining("management.server.address=127.0.0.1");
        try (ConfigurableApplicationContext service = start("--server.address=0.0.0.0", WITH_TOKEN)) {
            assertThat(send(service, "GET /read", "any.example").status()).isEqualTo(200);
        }
        try (ConfigurableApplicationContext service =
                start("--server.address=0.0.0.0", "--aerocast.access.unprotected=true")) {
            assertThat(post(service, "/change").status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws IOException {
        try (ConfigurableApplicationContext service = start("--aerocast.http.max-body=10B")) {
            assertThat(post(service, "/change").status()).isEqualTo(200);
            assertThat(send(
                                    service,
                                    "POST /change",
                                    "localhost",
                                    "{\"a\": \"1234567890\"}",
                                    "Content-Type: application/json")
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void moreRequestsAtATimeThanTheLimitAreRefusedButNoProbe() throws Exception {
        try (ConfigurableApplicationContext service = start("--aerocast.http.max-concurrent=1")) {
            Endpoints endpoints = service.getBean(Endpoints.class);
            CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() -> unchecked(service, "/slow"));
            endpoints.entered.await();

            Reply refused = get(service, "/read");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("Retry-After", "1");
            assertThat(refused.body()).contains("send the request again later");
            assertThat(get(service, "/livez").status()).isEqualTo(200);

            endpoints.released.countDown();
            assertThat(slow.join().status()).isEqualTo(200);
            assertThat(get(service, "/read").status()).isEqualTo(200);
        }
    }

    @Test
    void operationsMayHaveAPortOfTheirOwn() throws IOException {
        try (ConfigurableApplicationContext service =
                start(WITH_TOKEN, "--management.server.port=0", "--management.server.address=127.0.0.1")) {
            int operations = service.getEnvironment().getRequiredProperty("local.management.port", Integer.class);

            assertThat(get(service, "/metrics").status()).isEqualTo(404);
            assertThat(get(service, "/livez").status()).isEqualTo(200);
            assertThat(send(operations, "GET /metrics", "localhost", "").body()).contains("jvm_memory");
            assertThat(send(operations, "GET /health", "localhost", "").body())
                    .contains("\"status\"")
                    .doesNotContain("127.0.0.1");
        }
    }

    @Test
    void healthTellsStrangersNoAddresses() throws IOException {
        try (ConfigurableApplicationContext service = start(WITH_TOKEN)) {
            assertThat(get(service, "/health").body()).contains("\"status\"").doesNotContain("127.0.0.1", "path");
            assertThat(get(service, "/health", "Authorization: Bearer " + TOKEN).body())
                    .contains("127.0.0.1");

            assertThat(get(service, "/healthz").body())
                    .contains("\"state\":\"failed\"")
                    .doesNotContain("/data");
            assertThat(get(service, "/healthz", "Authorization: Bearer " + TOKEN)
                            .body())
                    .contains("no space in /data/processed");
        }
        try (ConfigurableApplicationContext service = start()) {
            assertThat(get(service, "/healthz").body()).contains("no space in /data/processed");
        }
    }

    @Test
    void tokensOfTheIssuerAreAccepted() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("1").generate();
        HttpServer issuer = issuer(key);
        String address = "http://127.0.0.1:" + issuer.getAddress().getPort();
        try (ConfigurableApplicationContext service =
                start(WITH_TOKEN, "--aerocast.access.issuer=" + address, "--aerocast.access.audience=aerocast")) {
            Instant soon = Instant.now().plusSeconds(60);
            assertThat(change(service, jwt(key, address, "aerocast", soon))).isEqualTo(200);
            assertThat(change(service, TOKEN)).isEqualTo(200);
            assertThat(change(service, jwt(key, address, "another", soon))).isEqualTo(401);
            assertThat(change(service, jwt(key, "http://127.0.0.1:1", "aerocast", soon)))
                    .isEqualTo(401);
            assertThat(change(
                            service, jwt(key, address, "aerocast", Instant.now().minusSeconds(3600))))
                    .isEqualTo(401);
            assertThat(change(service, jwt(stranger, address, "aerocast", soon)))
                    .isEqualTo(401);
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void anIssuerThatIsAwayIsNoFaultOfTheToken() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        String nobody = "http://127.0.0.1:1";
        try (ConfigurableApplicationContext service =
                start(WITH_TOKEN, "--aerocast.access.issuer=" + nobody, "--aerocast.access.audience=aerocast")) {
            Reply reply = post(
                    service,
                    "/change",
                    "Authorization: Bearer "
                            + jwt(key, nobody, "aerocast", Instant.now().plusSeconds(60)));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers()).containsEntry("Retry-After", "1");
            assertThat(change(service, TOKEN)).isEqualTo(200);
        }
    }

    @Test
    void settingsThatCannotHoldAreRefused() {
        assertThatThrownBy(() -> start("--aerocast.access.issuer=http://127.0.0.1:1"))
                .hasStackTraceContaining("aerocast.access.issuer needs aerocast.access.audience");
        assertThatThrownBy(() -> properties("short", null)).hasMessageContaining("at least 16 characters, found 5");
        assertThatThrownBy(() -> properties(TOKEN, Path.of("token"))).hasMessageContaining("found both");
        assertThat(properties(TOKEN, null).toString()).doesNotContain(TOKEN);
        assertThatThrownBy(() -> new HttpProperties(DataSize.ofBytes(0), 1))
                .hasMessageContaining("must lie between 1B and 2GB, found 0B");
    }

    private static AccessProperties properties(String token, Path file) {
        return new AccessProperties(
                token, file, null, null, AccessProperties.Reading.OPEN, false, List.of(), List.of());
    }

    private static int change(ConfigurableApplicationContext service, String token) throws IOException {
        return post(service, "/change", "Authorization: Bearer " + token).status();
    }

    private static String jwt(RSAKey key, String issuer, String audience, Instant expires) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience(audience)
                        .subject("operator")
                        .expirationTime(Date.from(expires))
                        .build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static HttpServer issuer(RSAKey key) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(
                server,
                "/.well-known/openid-configuration",
                "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(address, address));
        serve(server, "/keys", new JWKSet(key.toPublicJWK()).toString());
        server.start();
        return server;
    }

    private static void serve(HttpServer server, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static ConfigurableApplicationContext start(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "--server.port=0";
        // Nobody listens there: a service answers without a broker.
        all[settings.length + 1] = "--spring.kafka.bootstrap-servers=127.0.0.1:1";
        return new SpringApplicationBuilder(Service.class)
                .properties("spring.config.name=aerocast-base", "spring.application.name=test")
                .run(all);
    }

    private record Reply(int status, Map<String, String> headers, String body) {}

    private static Reply unchecked(ConfigurableApplicationContext service, String path) {
        try {
            return get(service, path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Reply get(ConfigurableApplicationContext service, String path, String... headers)
            throws IOException {
        return send(service, "GET " + path, "localhost", "", headers);
    }

    private static Reply post(ConfigurableApplicationContext service, String path, String... headers)
            throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: application/json";
        return send(service, "POST " + path, "localhost", "{}", all);
    }

    private static Reply send(ConfigurableApplicationContext service, String line, String host) throws IOException {
        return send(service, line, host, "");
    }

    private static Reply send(
            ConfigurableApplicationContext service, String line, String host, String body, String... headers)
            throws IOException {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return send(port, line, host, body, headers);
    }

    /// A client of the JDK would not send a `Host` of our choice.
    private static Reply send(int port, String line, String host, String body, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
                .formatted(line, host, body.length(), more, body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = reply.split("\r\n\r\n", 2);
            String[] lines = parts[0].split("\r\n");
            Map<String, String> fields = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Arrays.stream(lines).skip(1).forEach(field -> fields.put(field.split(": ", 2)[0], field.split(": ", 2)[1]));
            return new Reply(Integer.parseInt(lines[0].split(" ")[1]), fields, parts[1]);
        }
    }
}
