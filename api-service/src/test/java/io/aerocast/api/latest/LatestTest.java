package io.aerocast.api.latest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningApi.class)
class LatestTest {

    private static final Instant START = Instant.parse("2013-07-01T00:00:00Z");

    private final Handle api;
    private final HttpClient http = HttpClient.newHttpClient();

    LatestTest(Handle api) {
        this.api = api;
    }

    @AfterEach
    void closeClient() {
        http.close();
    }

    @Test
    void isNotSentAgainBeforeItChanges() throws Exception {
        observe("L1", 0, 20);
        HttpResponse<byte[]> first = awaitReading("L1", 20);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> same = send(api.request("/v1/latest?station=L1").header("If-None-Match", tag));
        observe("L1", 1, 21);
        awaitReading("L1", 21);
        HttpResponse<byte[]> changed = send(api.request("/v1/latest?station=L1").header("If-None-Match", tag));

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);
    }

    @Test
    void showsEveryKindOfChangeAtOnce() {
        observe("L2", 0, 20);
        await().until(() -> !latest("L2").isMissingNode());
        api.publish(
                Topics.FORECASTS,
                "L2",
                new Forecast(
                        "tide",
                        "L2",
                        "level",
                        "blend",
                        "1",
                        START,
                        List.of(1),
                        List.of(1.0),
                        List.of(0.0),
                        List.of(2.0),
                        1,
                        false));
        await().until(() -> latest("L2").at("/targets/0/forecasts").size() == 1);
        api.publish(
                Topics.DRIFT,
                "tide/L2/level",
                new DriftChanged(
                        "tide",
                        "L2",
                        "level",
                        "blend",
                        "1",
                        1,
                        null,
                        DriftState.CALM,
                        DriftState.WARNING,
                        START,
                        null,
                        null,
                        "errors grow",
                        Map.of()));
        await().until(() -> latest("L2").at("/drift/state").asString().equals("warning"));

        assertThat(api.post("/eval", "{\"predicted\": 1, \"actual\": 2, \"pipeline\": \"tide\", \"station\": \"L2\"}")
                        .status())
                .isEqualTo(200);

        assertThat(latest("L2").at("/targets/0/errors/0/source").asString()).isEqualTo("reported");
    }

    @Test
    void isCompressedForWhoeverAccepts() throws Exception {
        for (int hour = 0; hour < 40; hour++) {
            observe("L3", hour, 20);
        }
        await().until(() -> latest("L3").at("/targets/0/recent").size() == 12);
        for (String station : List.of("L4", "L5", "L6")) {
            for (int hour = 0; hour < 12; hour++) {
                observe(station, hour, 20);
            }
        }
        await().until(() -> latest("L6").at("/targets/0/recent").size() == 12);

        HttpResponse<byte[]> plain = send(api.request("/v1/latest?pipeline=tide"));
        HttpResponse<byte[]> packed =
                send(api.request("/v1/latest?pipeline=tide").header("Accept-Encoding", "gzip"));

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("ETag"))
                .isEqualTo(plain.headers().firstValue("ETag"));
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void otherOriginsMayReadItIfConfigured() throws Exception {
        HttpResponse<byte[]> byDefault = send(api.request("/v1/latest").header("Origin", "https://example.org"));
        assertThat(byDefault.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();

        try (ConfigurableApplicationContext open =
                api.replica("--aerocast.api.http.cors-origins=https://example.org")) {
            HttpResponse<byte[]> allowed = send(request(open).header("Origin", "https://example.org"));
            HttpResponse<byte[]> other = send(request(open).header("Origin", "https://example.com"));

            assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://example.org");
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext service) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/latest".formatted(port)));
    }

    private HttpResponse<byte[]> awaitReading(String station, double value) throws IOException, InterruptedException {
        await().until(() -> latest(station).at("/observation/readings/level").doubleValue(0) == value / 10);
        return send(api.request("/v1/latest?station=" + station));
    }

    private JsonNode latest(String station) {
        return api.get("/v1/latest?pipeline=tide&station=" + station).body().at("/stations/0");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private void observe(String station, int hour, double decimetres) {
        api.publish(
                Topics.OBSERVATIONS,
                station,
                new Observation("tide", station, START.plusSeconds(3600L * hour), Map.of("level", decimetres / 10)));
    }
}
