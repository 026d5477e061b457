package io.aerocast.api.stream;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ForecastModel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningApi.class)
class StreamTest {

    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");

    private static Handle api;

    @BeforeAll
    static void publishModels(Handle handle) {
        api = handle;
        publish(TestModels.gru(PIPELINES.require("noaa"), "stream", 0.5));
        publish(TestModels.seasonal(PIPELINES.require("noaa"), "stream", 12));
        await().until(() -> api.get("/healthz")
                .body()
                .at("/models/noaa/seasonal")
                .stringValue("")
                .equals("stream"));
        await().until(() -> api.get("/healthz")
                .body()
                .at("/models/noaa/gru")
                .stringValue("")
                .equals("stream"));
    }

    private static void publish(ForecastModel model) {
        api.publish(
                Topics.MODELS, Topics.key(model.card().pipeline(), model.card().model()), TestModels.published(model));
    }

    @Test
    void forecastsEachHorizonWithEachModelAsObservationsArrive() {
        observe("S1", 0, 23);
        observe("S1", 23, 24);

        await().untilAsserted(() -> assertThat(forecasts("S1", 23)).hasSize(6));
        Forecast forecast = forecasts("S1", 23).stream()
                .filter(f -> f.model().equals("gru") && f.horizon() == 6)
                .findFirst()
                .orElseThrow();
        Instant origin = START.plusSeconds(23 * 3600);
        assertThat(forecast.id()).isEqualTo(Forecast.idOf("noaa", "S1", "gru", "stream", origin, 6));
        assertThat(forecast.target()).isEqualTo(Instant.parse("2013-01-02T05:00:00Z"));
        assertThat(forecast.value()).isEqualTo(24, within(1e-9)); // 23.5 was observed
        assertThat(forecast.lower()).isEqualTo(24 - 2 * 1.0225, within(1e-9)); // 21 ± 2 for this hour has missed
        assertThat(forecast.persistence()).isEqualTo(23.5);
        assertThat(api.metrics())
                .contains("aerocast_forecasts_total{model=\"gru\",pipeline=\"noaa\"}")
                .contains("aerocast_live_observations_total{outcome=\"current\"}")
                .contains("aerocast_interval_coverage_ratio{horizon=\"6\",model=\"gru\",pipeline=\"noaa\"}")
                .contains("aerocast_interval_width{horizon=\"6\",model=\"gru\",pipeline=\"noaa\"}");
    }

    @Test
    void forecastsOncePerOriginAndSkipsUnreadableRecords() {
        observe("S2", 0, 24);
        observe("S2", 20, 24);
        api.publish(Topics.OBSERVATIONS.name(), "S2", "no event".getBytes(StandardCharsets.UTF_8));
        api.publish(
                Topics.OBSERVATIONS.name(),
                "S2",
                "{\"schema\":1,\"pipeline\":\"noaa\",\"station\":\"S2\",\"timestamp\":\"-1000000000-01-01T00:00:00Z\",\"readings\":{}}"
                        .getBytes(StandardCharsets.UTF_8));
        api.publish(Topics.OBSERVATIONS.name(), "S2", null);
        observe("S2", 24, 25);

        await().untilAsserted(() -> assertThat(forecasts("S2", 24)).hasSize(6));
        assertThat(api.events(Topics.FORECASTS).stream().filter(f -> f.station().equals("S2")))
                .extracting(Forecast::id)
                .doesNotHaveDuplicates();
        assertThat(api.metrics()).contains("aerocast_live_observations_total{outcome=\"unreadable\"} 3.0");
    }

    @Test
    void losesAndRepeatsNoForecastWhenTheTopicRejectsThemForAWhile() {
        observe("S5", 0, 20);
        await().untilAsserted(() -> assertThat(forecasts("S5", 19)).hasSize(6));
        api.configure(Topics.FORECASTS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1");
        observe("S5", 20, 25);
        await().untilAsserted(() -> assertThat(api.metrics())
                .contains("aerocast_events_published_total{outcome=\"failed\",topic=\"aerocast.forecasts.v1\"}"));

        api.configure(Topics.FORECASTS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000000");

        await().untilAsserted(() -> assertThat(forecasts("S5", 24)).hasSize(6));
        assertThat(api.events(Topics.FORECASTS).stream().filter(f -> f.station().equals("S5")))
                .hasSize(8 * 6) // origins 17 to 24
                .extracting(Forecast::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void showsTheLatestOfEachStation() {
        Instant before = Instant.now().minusSeconds(1);
        observe("S3", 0, 24);
        Evaluation evaluation =
                new Evaluation("f", "noaa", "S3", "gru", "stream", START, 1, 20, 22, 21.0, EvaluationSource.MATCHED);
        api.publish(Topics.EVALUATIONS, "S3", evaluation);
        api.publish(
                Topics.DRIFT,
                Topics.key("noaa", "S3"),
                new DriftChanged(
                        "noaa",
                        "S3",
                        "gru",
                        "stream",
                        DriftState.CALM,
                        DriftState.WARNING,
                        START,
                        null,
                        null,
                        "errors grow",
                        Map.of()));

        await().untilAsserted(() -> {
            JsonNode station =
                    api.get("/latest?pipeline=noaa&station=S3").body().at("/stations/0");
            assertThat(station.at("/observation/timestamp").stringValue()).isEqualTo("2013-01-01T22:51:00Z");
            assertThat(station.at("/observation/readings/temperature").doubleValue())
                    .isEqualTo(23.5);
            assertThat(station.path("unit").stringValue()).isEqualTo("°C");
            assertThat(station.path("forecasts").size()).isEqualTo(6);
            assertThat(station.at("/forecasts/0/modelVersion").stringValue()).isEqualTo("stream");
            assertThat(station.at("/forecasts/0/origin").stringValue()).isEqualTo("2013-01-01T23:00:00Z");
            assertThat(station.at("/forecasts/0/target").stringValue()).isEqualTo("2013-01-02T00:00:00Z");
            assertThat(station.at("/errors/0/rmse").doubleValue()).isEqualTo(2.0);
            assertThat(station.at("/errors/0/source").stringValue()).isEqualTo("matched");
            assertThat(station.at("/errors/0/persistenceRmse").doubleValue()).isEqualTo(1.0);
            assertThat(station.at("/errors/0/skill").doubleValue()).isEqualTo(-3.0);
            assertThat(station.path("recent").size()).isEqualTo(24);
            assertThat(station.at("/recent/23/value").doubleValue()).isEqualTo(23.5);
            assertThat(Instant.parse(station.path("arrived").stringValue())).isAfter(before);
            assertThat(station.at("/drift/state").stringValue()).isEqualTo("warning");
            assertThat(station.at("/drift/reason").stringValue()).isEqualTo("errors grow");
        });
        assertThat(api.get("/healthz").body().path("stations").intValue()).isPositive();
    }

    @Test
    void showsAStationThatNeverChangedAsCalm() {
        observe("S4", 0, 1);

        await().untilAsserted(() -> assertThat(api.get("/latest?station=S4")
                        .body()
                        .at("/stations/0/drift")
                        .toString())
                .isEqualTo("{\"state\":\"calm\"}"));
        assertThat(api.get("/latest?station=nowhere").body().path("stations").isEmpty())
                .isTrue();
    }

    @Test
    void refusesAnUnknownPipeline() {
        Reply reply = api.get("/latest?pipeline=mars");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail"))
                .isEqualTo("Field 'pipeline': expected one of [noaa, sim, tide, swaps], found 'mars'");
    }

    /// Hours of observations, a few minutes before the hour; the temperature grows by half a degree an hour from
    /// 12.
    private static void observe(String station, int fromHour, int toHour) {
        for (int hour = fromHour; hour < toHour; hour++) {
            Map<String, Double> readings = Map.of("temperature", 12 + hour / 2.0, "pressure", 1010.0);
            Instant time = START.plusSeconds(hour * 3600L - 540);
            api.publish(Topics.OBSERVATIONS, station, new Observation("noaa", station, time, readings));
        }
    }

    private static List<Forecast> forecasts(String station, int originHour) {
        return api.events(Topics.FORECASTS).stream()
                .filter(f -> f.station().equals(station))
                .filter(f -> f.origin().equals(START.plusSeconds(originHour * 3600L)))
                .toList();
    }
}
