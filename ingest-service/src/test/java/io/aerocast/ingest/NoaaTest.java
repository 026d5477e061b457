package io.aerocast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aerocast.event.DeadLetter;
import io.aerocast.event.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class NoaaTest extends BrokerTest {

    private static final String MODIFIED = "Fri, 27 Nov 2026 10:00:00 GMT";

    private HttpServer weather;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @BeforeEach
    void startWeatherService() throws IOException {
        weather = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        weather.createContext("/stations/KJFK/observations", this::answer);
        weather.createContext("/stations/KXXX/observations", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            send(exchange, 503, "{\"title\": \"Service Unavailable\"}");
        });
        weather.start();
    }

    @AfterEach
    void stopWeatherService() {
        weather.stop(0);
    }

    /// First a partial record, then the completed record with a new and an implausible one, then 304 (not
    /// modified).
    private void answer(HttpExchange exchange) throws IOException {
        String since = String.valueOf(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
        requests.add("%s %s %s"
                .formatted(
                        exchange.getRequestURI(), exchange.getRequestHeaders().getFirst("User-Agent"), since));
        exchange.getResponseHeaders().add("Last-Modified", MODIFIED);
        switch (requests.size()) {
            case 1 -> send(exchange, 200, collection(record(1, "7.2", "null")));
            case 2 ->
                send(
                        exchange,
                        200,
                        collection(record(0, "8.0", "101300"), record(1, "7.2", "101320"), record(2, "999", "101300")));
            default -> send(exchange, 304, "");
        }
    }

    @Test
    void publishesNewAndCompletedRecordsWithPoliteRequests() throws Exception {
        try (ConfigurableApplicationContext service = bench.start(noaa("--aerocast.ingest.noaa.stations=KJFK"))) {
            await().atMost(Bench.TIMEOUT).until(() -> requests.size() >= 4);
            bench.awaitLanded("noaa", 3);

            assertThat(bench.landed("noaa"))
                    .map(landed -> landed.observation().timestamp() + " "
                            + landed.observation().readings())
                    .containsExactlyInAnyOrder(
                            hour.minusSeconds(3600) + " {temperature=7.2, windspeed=5.0}",
                            hour.minusSeconds(3600) + " {pressure=1013.2, temperature=7.2, windspeed=5.0}",
                            hour + " {pressure=1013.0, temperature=8.0, windspeed=5.0}");
            assertThat(bench.read(Topics.OBSERVATIONS.name()))
                    .hasSize(3)
                    .allMatch(r -> r.key().equals("KJFK"));
            assertThat(bench.deadLetters())
                    .map(letter -> Bench.header(letter, DeadLetter.REASON))
                    .containsExactly("temperature 999.0 is outside -60.0..60.0 °C (noaa)");
            assertThat(requests.subList(0, 4))
                    .containsExactly(
                            "/stations/KJFK/observations?limit=500 test (a@example.org) null",
                            "/stations/KJFK/observations?limit=24 test (a@example.org) null",
                            "/stations/KJFK/observations?limit=24 test (a@example.org) " + MODIFIED,
                            "/stations/KJFK/observations?limit=24 test (a@example.org) " + MODIFIED);
            assertThat(Bench.get(service, "/healthz"))
                    .contains("\"noaa\":{\"KJFK\":{")
                    .contains("\"state\":\"running\"")
                    .contains("\"newest\":\"" + hour + "\"");
            assertThat(Bench.get(service, "/metrics"))
                    .contains("aerocast_noaa_requests_total{outcome=\"records\"} 2.0")
                    .contains(
                            "aerocast_observations_total{outcome=\"accepted\",pipeline=\"noaa\",source=\"noaa\"} 3.0");
        }
    }

    @Test
    void aFailingStationIsPausedAndDoesNotBlockOthers() throws Exception {
        try (ConfigurableApplicationContext service = bench.start(noaa("--aerocast.ingest.noaa.stations=KXXX,KJFK"))) {
            await().atMost(Bench.TIMEOUT).until(() -> requests.size() >= 3);
            assertThat(Bench.get(service, "/healthz"))
                    .contains("\"state\":\"failing\"")
                    .contains("expected records, found status 503: {\\\"title\\\": \\\"Service Unavailable\\\"}");
            assertThat(Bench.get(service, "/metrics")).contains("aerocast_noaa_requests_total{outcome=\"failed\"} 1.0");
        }
    }

    @Test
    void refusesToStartWithoutAUserAgent() {
        assertThatThrownBy(() -> bench.start("--aerocast.ingest.noaa.enabled=true"))
                .rootCause()
                .hasMessageContaining("aerocast.ingest.noaa.user-agent must name you");
    }

    private String[] noaa(String stations) {
        return new String[] {
            "--aerocast.ingest.noaa.enabled=true",
            "--aerocast.ingest.noaa.url=http://127.0.0.1:"
                    + weather.getAddress().getPort(),
            "--aerocast.ingest.noaa.user-agent=test (a@example.org)",
            "--aerocast.ingest.noaa.interval=100ms",
            "--aerocast.ingest.noaa.pause=10ms",
            stations
        };
    }

    private String record(int hoursAgo, String celsius, String pascal) {
        return """
                {"type": "Feature", "properties": {"timestamp": "%s+00:00",
                  "temperature": {"unitCode": "wmoUnit:degC", "value": %s, "qualityControl": "V"},
                  "windSpeed": {"unitCode": "wmoUnit:km_h-1", "value": 18, "qualityControl": "V"},
                  "seaLevelPressure": {"unitCode": "wmoUnit:Pa", "value": %s, "qualityControl": "Z"}}}""".formatted(hour.minus(hoursAgo, ChronoUnit.HOURS).toString().replace("Z", ""), celsius, pascal);
    }

    private static String collection(String... newestFirst) {
        return "{\"type\": \"FeatureCollection\", \"features\": [%s]}".formatted(String.join(",", newestFirst));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
