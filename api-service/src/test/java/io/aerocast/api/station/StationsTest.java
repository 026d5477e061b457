package io.aerocast.api.station;

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
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningApi.class)
class StationsTest {

    private static final Instant START = Instant.parse("2013-07-01T00:00:00Z");

    private final Handle api;

    StationsTest(Handle api) {
        this.api = api;
    }

    @Test
    void describesThePipelines() {
        JsonNode noaa = api.get("/v1/pipelines").body().at("/pipelines/0");

        assertThat(noaa.path("pipeline").asString()).isEqualTo("noaa");
        assertThat(noaa.at("/features/1/unit").asString()).isEqualTo("m/s");
        assertThat(noaa.at("/features/1/maximum").doubleValue()).isEqualTo(113);
        assertThat(noaa.path("cadence").asString()).isEqualTo("PT1H");
        assertThat(noaa.path("horizons")).hasSize(3);
    }

    @Test
    void listsTheStationsThatWereObserved() {
        observe("H1", 0, 20);

        await().untilAsserted(() -> assertThat(
                        api.get("/v1/stations?pipeline=noaa").body().path("stations"))
                .anySatisfy(station -> {
                    assertThat(station.path("station").asString()).isEqualTo("H1");
                    assertThat(station.path("drift").asString()).isEqualTo("calm");
                    assertThat(station.at("/readings/temperature").doubleValue())
                            .isEqualTo(20);
                }));
        assertThat(api.get("/v1/stations?pipeline=tide").body().path("stations"))
                .noneMatch(station -> station.path("station").asString().equals("H1"));
    }

    @Test
    void repliesTheNewestForecastAsArrays() {
        observe("H2", 0, 20);
        api.publish(Topics.FORECASTS, "H2", forecast("H2", "blend", 0));
        await().until(() -> api.get("/v1/stations/noaa/H2/forecast").status() == 200);

        Reply all = api.get("/v1/stations/noaa/H2/forecast");
        Reply one = api.get("/v1/stations/noaa/H2/forecast?horizon=6&feature=temperature&model=blend");

        assertThat(all.body().path("horizons")).hasSize(3);
        assertThat(all.body().path("lower")).hasSize(3);
        assertThat(all.text("unit")).isEqualTo("°C");
        assertThat(one.body().at("/value")).hasSize(1);
        assertThat(one.body().at("/value/0").doubleValue()).isEqualTo(22);
        assertThat(one.body().at("/upper/0").doubleValue()).isEqualTo(24);
        assertThat(one.body().at("/target/0").asString()).isEqualTo("2013-07-01T06:00:00Z");
        assertThat(one.body().at("/id/0").asString()).isEqualTo("noaa/H2/temperature/blend/1/2013-07-01T00:00:00Z/6");
        Reply other = api.get("/v1/stations/noaa/H2/forecast?model=ridge");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.text("title")).isEqualTo("No forecast");
    }

    @Test
    void pagesThroughReadingsAndTheForecastsOfThem() {
        for (int hour = 0; hour < 5; hour++) {
            observe("H3", hour, 20 + hour);
            api.publish(Topics.EVALUATIONS, "H3", evaluation("H3", "blend", hour, EvaluationSource.MATCHED));
            api.publish(Topics.EVALUATIONS, "H3", evaluation("H3", "gru", hour, EvaluationSource.MATCHED));
            api.publish(Topics.EVALUATIONS, "H3", evaluation("H3", "ridge", hour, EvaluationSource.REPORTED));
        }
        await().until(() ->
                history("?horizon=all&model=all").findValues("model").size() == 20);

        JsonNode first = history("?limit=2");
        JsonNode second = history("?limit=3&from=" + first.path("next").asString());

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("next").asString()).isEqualTo("2013-07-01T02:00:00Z");
        assertThat(second.path("items")).hasSize(3);
        assertThat(second.has("next")).isFalse();
        JsonNode item = first.at("/items/1");
        assertThat(item.path("observedAt").asString()).isEqualTo("2013-07-01T00:51:00Z");
        assertThat(item.path("value").doubleValue()).isEqualTo(21);
        assertThat(item.path("forecasts")).hasSize(1);
        assertThat(item.at("/forecasts/0/model").asString()).isEqualTo("blend");
        assertThat(item.at("/forecasts/0/origin").asString()).isEqualTo("2013-07-01T00:00:00Z");
        assertThat(item.at("/forecasts/0/error").doubleValue()).isEqualTo(-0.5, within(1e-9));
        assertThat(item.at("/forecasts/0/persistenceError").doubleValue()).isEqualTo(1, within(1e-9));
        assertThat(item.at("/forecasts/0").has("lower")).isTrue();
        assertThat(history("?horizon=6").at("/items/1/forecasts/0").has("lower"))
                .isFalse();
        assertThat(history("?from=2013-07-01T01:00:00Z&to=2013-07-01T03:00:00Z").path("items"))
                .hasSize(2);
    }

    @Test
    void repliesTheEvidenceOfADriftAsNumbers() {
        observe("H4", 0, 20);
        api.publish(
                Topics.DRIFT,
                "noaa/H4/windspeed",
                new DriftChanged(
                        "noaa",
                        "H4",
                        "windspeed",
                        "blend",
                        "1",
                        6,
                        null,
                        DriftState.CALM,
                        DriftState.WARNING,
                        START,
                        null,
                        null,
                        "errors grow",
                        Map.of("cusum", 3.5)));

        await().untilAsserted(() -> {
            JsonNode station = api.get("/v1/drift/noaa/H4").body();
            assertThat(station.path("state").asString()).isEqualTo("warning");
            assertThat(station.path("targets")).hasSize(3);
            assertThat(station.at("/targets/1/evidence/cusum").doubleValue()).isEqualTo(3.5);
            assertThat(station.at("/targets/0/state").asString()).isEqualTo("calm");
        });
        assertThat(api.get("/v1/drift?pipeline=noaa").body().path("stations"))
                .anyMatch(station -> station.path("station").asString().equals("H4"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/stations?pipeline=moon, 400, Invalid request",
        "/v1/stations/moon/H5/forecast, 404, Unknown pipeline",
        "/v1/stations/noaa/nowhere/history, 404, Unknown station",
        "/v1/stations/noaa/H5/forecast?horizon=7, 400, Invalid request",
        "/v1/stations/noaa/H5/forecast?feature=rain, 400, Invalid request",
        "/v1/stations/noaa/H5/history?limit=0, 400, Invalid request",
        "/v1/stations/noaa/H5/history?limit=many, 400, Invalid request",
        "/v1/stations/noaa/H5/history?from=yesterday, 400, Invalid request",
        "/v1/drift/noaa/nowhere, 404, Unknown station",
    })
    void refusesWhatItDoesNotKnow(String path, int status, String title) {
        observe("H5", 0, 20);
        await().until(() -> api.get("/v1/drift/noaa/H5").status() == 200);

        Reply reply = api.get(path);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(reply.text("title")).isEqualTo(title);
    }

    private JsonNode history(String query) {
        return api.get("/v1/stations/noaa/H3/history" + query).body();
    }

    private void observe(String station, int hour, double temperature) {
        api.publish(
                Topics.OBSERVATIONS,
                station,
                new Observation("noaa", station, hour(hour).minusSeconds(540), Map.of("temperature", temperature)));
    }

    private static Forecast forecast(String station, String model, int hour) {
        List<Double> values = List.of(21.0, 22.0, 23.0);
        return new Forecast(
                "noaa",
                station,
                "temperature",
                model,
                "1",
                hour(hour),
                TestModels.PIPELINES.require("noaa").horizons(),
                values,
                List.of(20.0, 20.0, 20.0),
                List.of(23.0, 24.0, 25.0),
                20,
                false);
    }

    /// Each forecast is half a degree too warm; persistence is a degree too cold.
    private static Evaluation evaluation(String station, String model, int hour, EvaluationSource source) {
        double actual = 20 + hour;
        Pair near = new Pair(1, "1", actual + 0.5, actual - 1, actual - 2, actual + 2);
        Pair far = new Pair(6, "1", actual + 0.5, null, null, null);
        return new Evaluation(
                "noaa",
                station,
                "temperature",
                model,
                hour(hour),
                actual,
                source,
                null,
                source == EvaluationSource.MATCHED ? List.of(near, far) : List.of(near));
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(3600L * hour);
    }
}
