package io.aerocast.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.api.feed.Listener.Received;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(RunningApi.class)
class FeedTest {

    private static final Instant START = Instant.parse("2013-07-01T00:00:00Z");

    private final Handle api;

    FeedTest(Handle api) {
        this.api = api;
    }

    @Test
    void tellsOfReadingsAndTheForecastsOfThem() throws Exception {
        try (Listener listener = listen("/v1/events?pipeline=swaps&station=F1", "")) {
            api.serve(TestModels.gru(pipeline("swaps"), "f-1", 1));
            for (int hour = 0; hour < 6; hour++) {
                observe("F1", hour, 20 + hour);
            }

            Received reading = listener.await(
                    "reading", data -> hour(data.path("timestamp").asString()) == 5);
            Received forecast = listener.await(
                    "forecast",
                    data -> hour(data.path("origin").asString()) == 5
                            && data.path("model").asString().equals("gru"));

            assertThat(listener.response().headers().firstValue("Content-Type"))
                    .contains("text/event-stream;charset=UTF-8");
            assertThat(listener.response().headers().firstValue("Cache-Control"))
                    .contains("no-store");
            assertThat(reading.data().at("/readings/temperature").doubleValue()).isEqualTo(25);
            assertThat(reading.data().propertyNames())
                    .containsExactly("pipeline", "station", "timestamp", "arrived", "readings");
            assertThat(forecast.data().path("value")).hasSize(1);
            assertThat(forecast.data().at("/value/0").doubleValue()).isEqualTo(26);
            assertThat(forecast.data().propertyNames())
                    .contains("station", "feature", "modelVersion", "horizons", "lower", "upper", "persistence");
        }
    }

    @Test
    void tellsOfPromotionAndSwap() throws Exception {
        api.serve(TestModels.gru(pipeline("swaps"), "f-2", 1));
        try (Listener listener = listen("/v1/events?pipeline=swaps&station=none", "")) {
            api.serve(TestModels.gru(pipeline("swaps"), "f-3", 2));

            Received promotion = listener.await(
                    "promotion", data -> data.path("version").asString().equals("f-3"));
            Received swap = listener.await(
                    "swap", data -> data.path("version").asString().equals("f-3"));

            assertThat(promotion.data().path("reason").asString()).isEqualTo("drift");
            assertThat(promotion.data().at("/metrics/rmse").doubleValue()).isEqualTo(1);
            assertThat(promotion.data().has("artifact")).isFalse();
            assertThat(swap.data().path("replaced").asString()).isEqualTo("f-2");
            assertThat(swap.data().path("pipeline").asString()).isEqualTo("swaps");
        }
    }

    @Test
    void tellsOfDriftAndRetrainSignals() throws Exception {
        try (Listener listener = listen("/v1/events?pipeline=sim&station=F2", "")) {
            api.publish(
                    Topics.DRIFT,
                    "sim/F2/temperature",
                    new DriftChanged(
                            "sim",
                            "F2",
                            "temperature",
                            "gru",
                            "1",
                            1,
                            null,
                            DriftState.CALM,
                            DriftState.DRIFT,
                            START,
                            null,
                            null,
                            "errors grew",
                            Map.of("cusum", 12.5)));
            api.publish(
                    Topics.RETRAIN,
                    "sim",
                    new RetrainSignal(
                            "f-signal", "sim", RetrainReason.DRIFT, START, "F2", null, null, "errors grew", Map.of()));

            Received drift = listener.await("drift", _ -> true);
            Received signal =
                    listener.await("signal", data -> data.path("id").asString().equals("f-signal"));

            assertThat(drift.data().path("to").asString()).isEqualTo("drift");
            assertThat(drift.data().at("/evidence/cusum").doubleValue()).isEqualTo(12.5);
            assertThat(signal.data().path("reason").asString()).isEqualTo("drift");
        }
    }

    @Test
    void resumesAfterTheLastEvent() throws Exception {
        String id;
        try (Listener listener = listen("/v1/events?station=F3", "")) {
            observe("F3", 0, 20);
            id = listener.await("reading", _ -> true).id();
            assertThat(listener.all("start").getFirst().data().path("resumed").booleanValue())
                    .isFalse();
        }
        observe("F3", 1, 21);
        observe("F3", 2, 22);
        await().until(() -> latest("F3").equals("2013-07-01T02:00:00Z"));

        try (Listener listener = listen("/v1/events?station=F3", id)) {
            listener.await("reading", data -> hour(data.path("timestamp").asString()) == 2);

            assertThat(listener.all("start").getFirst().data().path("resumed").booleanValue())
                    .isTrue();
            assertThat(listener.all("reading"))
                    .extracting(event -> hour(event.data().path("timestamp").asString()))
                    .containsExactly(1, 2);
        }
    }

    @Test
    void saysThatItCannotResumeAfterAnUnknownEvent() throws Exception {
        for (String id : List.of("otherreplica-1", "nonsense", "0-99999999999999999999")) {
            try (Listener listener = listen("/v1/events", id)) {
                assertThat(listener.await("start", _ -> true)
                                .data()
                                .path("resumed")
                                .booleanValue())
                        .isFalse();
            }
        }
    }

    @Test
    void keepsAQuietConnectionAliveAndBoundsTheClients() throws Exception {
        ConfigurableApplicationContext replica =
                api.replica("--aerocast.api.events.clients=1", "--aerocast.api.events.heartbeat=20ms");
        try (Listener listener = new Listener(request(replica, "/v1/events?station=nobody"))) {
            await().until(() -> listener.all("").size() > 2); // the retry line, and heartbeats

            Reply second = RunningApi.get(replica, "/v1/events");

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.type()).isEqualTo("application/problem+json");
            assertThat(second.text("title")).isEqualTo("Too many listeners");

            replica.close();
            listener.awaitEnd();
        }
    }

    @Test
    void refusesAnUnknownPipeline() {
        Reply reply = api.send(api.request("/v1/events?pipeline=moon").header("Accept", "text/event-stream"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.type()).isEqualTo("application/problem+json");
    }

    @Test
    void headEndsAtOnce() {
        Reply reply = api.send(api.request("/v1/events").HEAD());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith("text/event-stream");
    }

    private String latest(String station) {
        return api.get("/v1/latest?station=" + station)
                .body()
                .at("/stations/0/observation/timestamp")
                .asString();
    }

    private Listener listen(String path, String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = api.request(path).header("Accept", "text/event-stream");
        Listener listener = new Listener(lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId));
        listener.await("start", _ -> true);
        return listener;
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext service, String path) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    }

    private void observe(String station, int hour, double temperature) {
        api.publish(
                Topics.OBSERVATIONS,
                station,
                new Observation("swaps", station, START.plusSeconds(3600L * hour), Map.of("temperature", temperature)));
    }

    private static int hour(String time) {
        return Integer.parseInt(time.substring(11, 13));
    }

    private static Pipeline pipeline(String name) {
        return TestModels.PIPELINES.require(name);
    }
}
