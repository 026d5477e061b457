package io.aerocast.api.stream;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
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

    /// Forecasts per observation: blend, GRU, ridge and seasonal, some of them shipped, of temperature and
    /// pressure.
    private static final int KINDS = 8;

    private static Handle api;

    @BeforeAll
    static void publishModels(Handle handle) {
        api = handle;
        Pipeline noaa = PIPELINES.require("noaa");
        api.serve(TestModels.gru(noaa, "stream", 0.5));
        api.serve(TestModels.seasonal(noaa, "stream", 12));
        api.serve(TestModels.gru(noaa.view("pressure"), "stream", 1));
    }

    @Test
    void forecastsEachTargetWithEachModelAsObservationsArrive() {
        observe("S1", 0, 23);
        observe("S1", 23, 24);

        await().untilAsserted(() -> assertThat(forecasts("S1", 23)).hasSize(KINDS));
        assertThat(forecasts("S1", 23))
                .extracting(Forecast::feature, Forecast::model) // no windspeed is observed
                .containsExactlyInAnyOrder(
                        tuple("temperature", "blend"),
                        tuple("temperature", "gru"),
                        tuple("temperature", "ridge"),
                        tuple("temperature", "seasonal"),
                        tuple("pressure", "blend"),
                        tuple("pressure", "gru"),
                        tuple("pressure", "ridge"),
                        tuple("pressure", "seasonal"));
        Forecast forecast = forecast("S1", 23, "temperature", "gru");
        assertThat(forecast.horizons()).containsExactly(1, 6, 24);
        assertThat(forecast.modelVersion()).isEqualTo("stream");
        assertThat(forecast.origin()).isEqualTo(START.plusSeconds(23 * 3600));
        assertThat(forecast.value().get(1)).isEqualTo(24, within(1e-9)); // 23.5 was observed
        assertThat(forecast.lower().get(1)).isEqualTo(24 - 2 * 1.027, within(1e-9)); // 21 ± 2 for this hour missed
        assertThat(forecast.persistence()).isEqualTo(23.5);
        assertThat(forecast("S1", 23, "pressure", "gru").value().getFirst()).isEqualTo(1011, within(1e-9));
        assertThat(api.metrics())
                .contains("aerocast_forecasts_total{feature=\"temperature\",model=\"gru\",pipeline=\"noaa\"}")
                .contains("aerocast_forecasts_total{feature=\"pressure\",model=\"blend\",pipeline=\"noaa\"}")
                .contains("aerocast_live_observations_total{outcome=\"current\"}")
                .contains(
                        "aerocast_prediction_seconds_count{feature=\"temperature\",model=\"blend\",pipeline=\"noaa\"}")
                .contains(
                        "aerocast_interval_coverage_ratio{feature=\"temperature\",horizon=\"6\",model=\"gru\",pipeline=\"noaa\"}")
                .contains(
                        "aerocast_interval_width{feature=\"temperature\",horizon=\"6\",model=\"blend\",pipeline=\"noaa\"}");
    }

    /// The GRU follows the warming, the seasonal model stays at 12: the blend learns that within a day.
    @Test
    void theBlendFollowsTheBetterModel() {
        observe("S6", 0, 60);

        await().untilAsserted(() -> assertThat(forecasts("S6", 59)).isNotEmpty());
        Forecast blend = forecast("S6", 59, "temperature", "blend");
        assertThat(blend.value().getFirst()).isCloseTo(42, within(1.0)); // 41.5 was observed
        assertThat(blend.value().getFirst())
                .isBetween(blend.lower().getFirst(), blend.upper().getFirst());
        assertThat(blend.modelVersion()).startsWith("stream-");
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

        await().untilAsserted(() -> assertThat(forecasts("S2", 24)).hasSize(KINDS));
        assertThat(api.events(Topics.FORECASTS).stream().filter(f -> f.station().equals("S2")))
                .extracting(f -> f.id(1))
                .doesNotHaveDuplicates();
        assertThat(api.metrics()).contains("aerocast_live_observations_total{outcome=\"unreadable\"} 3.0");
    }

    @Test
    void losesAndRepeatsNoForecastWhenTheTopicRejectsThemForAWhile() {
        observe("S5", 0, 20);
        await().untilAsserted(() -> assertThat(forecasts("S5", 19)).hasSize(KINDS));
        api.configure(Topics.FORECASTS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1");
        observe("S5", 20, 25);
        await().untilAsserted(() -> assertThat(api.metrics())
                .contains("aerocast_events_published_total{outcome=\"failed\",topic=\"aerocast.forecasts.v2\"}"));

        api.configure(Topics.FORECASTS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000000");

        await().untilAsserted(() -> assertThat(forecasts("S5", 24)).hasSize(KINDS));
        assertThat(api.events(Topics.FORECASTS).stream().filter(f -> f.station().equals("S5")))
                .hasSize(8 * KINDS) // origins 17 to 24
                .extracting(f -> f.id(1))
                .doesNotHaveDuplicates();
    }

    @Test
    void showsTheLatestOfEachStation() {
        Instant before = Instant.now().minusSeconds(1);
        observe("S3", 0, 24);
        Evaluation evaluation = new Evaluation(
                "noaa",
                "S3",
                "temperature",
                "blend",
                START,
                22,
                EvaluationSource.MATCHED,
                null,
                List.of(new Pair(6, "stream", 20, 21.0, 19.0, 21.0)));
        api.publish(Topics.EVALUATIONS, "S3", evaluation);
        api.publish(Topics.DRIFT, Topics.key("noaa", "S3", "pressure"), degraded("S3"));

        await().untilAsserted(() -> {
            JsonNode station =
                    api.get("/latest?pipeline=noaa&station=S3").body().at("/stations/0");
            assertThat(station.at("/observation/timestamp").stringValue()).isEqualTo("2013-01-01T22:51:00Z");
            assertThat(station.at("/observation/readings/temperature").doubleValue())
                    .isEqualTo(23.5);
            assertThat(Instant.parse(station.path("arrived").stringValue())).isAfter(before);
            assertThat(station.at("/drift/state").stringValue()).isEqualTo("degraded");
            assertThat(station.at("/drift/feature").stringValue()).isEqualTo("pressure");
            JsonNode temperature = station.at("/targets/0");
            assertThat(temperature.path("feature").stringValue()).isEqualTo("temperature");
            assertThat(temperature.path("unit").stringValue()).isEqualTo("°C");
            assertThat(temperature.path("recent").size()).isEqualTo(24);
            assertThat(temperature.at("/recent/23/value").doubleValue()).isEqualTo(23.5);
            assertThat(temperature.path("drift").toString())
                    .isEqualTo("{\"state\":\"calm\",\"feature\":\"temperature\"}");
            assertThat(temperature.path("forecasts").size()).isEqualTo(1);
            assertThat(temperature.at("/forecasts/0/model").stringValue()).isEqualTo("blend");
            assertThat(temperature.at("/forecasts/0/modelVersion").stringValue())
                    .startsWith("stream-");
            assertThat(temperature.at("/forecasts/0/origin").stringValue()).isEqualTo("2013-01-01T23:00:00Z");
            assertThat(temperature.at("/forecasts/0/extrapolating").isBoolean()).isTrue();
            assertThat(temperature.at("/forecasts/0/horizons").size()).isEqualTo(3);
            assertThat(temperature.at("/forecasts/0/horizons/0/target").stringValue())
                    .isEqualTo("2013-01-02T00:00:00Z");
            assertThat(temperature.at("/forecasts/0/horizons/0/id").stringValue())
                    .isEqualTo(forecast("S3", 23, "temperature", "blend").id(1));
            JsonNode error = temperature.at("/errors/0");
            assertThat(error.path("modelVersion").stringValue()).isEqualTo("stream");
            assertThat(error.path("horizon").intValue()).isEqualTo(6);
            assertThat(error.path("rmse").doubleValue()).isEqualTo(2.0);
            assertThat(error.path("source").stringValue()).isEqualTo("matched");
            assertThat(error.path("persistenceRmse").doubleValue()).isEqualTo(1.0);
            assertThat(error.path("skill").doubleValue()).isEqualTo(-3.0);
            assertThat(error.path("skillCount").intValue()).isEqualTo(1);
            assertThat(error.path("coverage").doubleValue()).isEqualTo(0.0);
            JsonNode pressure = station.at("/targets/2");
            assertThat(pressure.path("unit").stringValue()).isEqualTo("hPa");
            assertThat(pressure.at("/drift/reason").stringValue()).isEqualTo("no skill");
            assertThat(pressure.at("/drift/horizon").intValue()).isEqualTo(24);
            assertThat(pressure.at("/drift/evidence/skill").doubleValue()).isEqualTo(-0.5);
        });
        assertThat(api.get("/healthz").body().path("stations").intValue()).isPositive();
    }

    private static DriftChanged degraded(String station) {
        return new DriftChanged(
                "noaa",
                station,
                "pressure",
                "blend",
                "stream",
                24,
                null,
                DriftState.CALM,
                DriftState.DEGRADED,
                START,
                null,
                null,
                "no skill",
                Map.of("skill", -0.5));
    }

    @Test
    void selectsFeatureAndModel() {
        observe("S7", 0, 24);
        await().untilAsserted(() -> assertThat(forecasts("S7", 23)).hasSize(KINDS));
        await().untilAsserted(() ->
                assertThat(targets("S7", "").get(0).path("forecasts").size()).isOne());

        JsonNode gru = targets("S7", "&model=gru&feature=pressure");
        assertThat(gru.size()).isEqualTo(1);
        assertThat(gru.get(0).path("feature").stringValue()).isEqualTo("pressure");
        assertThat(gru.at("/0/forecasts/0/model").stringValue()).isEqualTo("gru");
        assertThat(targets("S7", "&model=all").get(0).path("forecasts").size()).isEqualTo(4);
        assertThat(api.get("/latest?model=lstm").text("detail"))
                .isEqualTo("Field 'model': expected one of [blend, gru, seasonal, ridge, all], found 'lstm'");
        assertThat(api.get("/latest?feature=humidity").text("detail"))
                .isEqualTo("Field 'feature': expected one of [level, pressure, surge, temperature, windspeed],"
                        + " found 'humidity'");
    }

    private static JsonNode targets(String station, String query) {
        return api.get("/latest?station=" + station + query).body().at("/stations/0/targets");
    }

    @Test
    void showsAStationThatNeverChangedAsCalm() {
        observe("S4", 0, 1);

        await().untilAsserted(() -> assertThat(api.get("/latest?station=S4")
                        .body()
                        .at("/stations/0/drift")
                        .toString())
                .isEqualTo("{\"state\":\"calm\",\"feature\":\"temperature\"}"));
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

    private static Forecast forecast(String station, int originHour, String feature, String model) {
        return forecasts(station, originHour).stream()
                .filter(f -> f.feature().equals(feature) && f.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static List<Forecast> forecasts(String station, int originHour) {
        return api.events(Topics.FORECASTS).stream()
                .filter(f -> f.station().equals(station))
                .filter(f -> f.origin().equals(START.plusSeconds(originHour * 3600L)))
                .toList();
    }
}
