package io.aerocast.api.predict;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.forecast.GruModel;
import io.aerocast.pipeline.Pipeline;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningApi.class)
class PredictTest {

    private static final String LATEST = "[21.5, 3.1, 1013.2]";

    private static final String GRU = ", \"model\": \"gru\"";

    private static Handle api;

    @BeforeAll
    static void publishModels(Handle handle) {
        api = handle;
        Pipeline noaa = PIPELINES.require("noaa");
        api.serve(TestModels.gru(noaa, "g1", 0.5));
        api.serve(TestModels.gru(PIPELINES.require("sim"), "g2", -1));
        api.serve(TestModels.seasonal(noaa, "s1", 12));
        api.serve(TestModels.gru(noaa.view("windspeed"), "w1", -4));
    }

    @Test
    void forecastsRowsOfThreeFeatures() {
        Reply reply = api.post("/predict", body(rows(24, LATEST), GRU));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.number("forecast")).isEqualTo(22.0, within(1e-12));
        assertThat(reply.number("lower")).isEqualTo(20.0, within(1e-12));
        assertThat(reply.number("upper")).isEqualTo(24.0, within(1e-12));
        assertThat(reply.number("coverage")).isEqualTo(0.9);
        assertThat(reply.text("unit")).isEqualTo("°C");
        assertThat(reply.text("model")).isEqualTo("gru");
        assertThat(reply.text("modelVersion")).isEqualTo("g1");
        assertThat(reply.text("pipeline")).isEqualTo("noaa");
        assertThat(reply.text("feature")).isEqualTo("temperature");
        assertThat(reply.body().path("extrapolating").isBoolean()).isTrue();
        assertThat(reply.body().has("weights")).isFalse();
        assertThat(reply.number("horizon")).isEqualTo(1);
        assertThat(reply.body().has("forecastId")).isFalse();
        assertThat(reply.body().has("target")).isFalse();
    }

    @Test
    void theBlendIsTheDefaultAndNamesTheWeightsOfItsParts() {
        String time = ", \"ts\": \"2013-07-01T11:51:00Z\", \"horizon\": 6";
        Reply blend = api.post("/predict", body(rows(24, LATEST), time));
        Reply again = api.post("/predict", body(rows(24, LATEST), time + ", \"model\": \"blend\""));

        assertThat(blend.text("model")).isEqualTo("blend");
        assertThat(again.body()).isEqualTo(blend.body());
        JsonNode weights = blend.body().path("weights");
        assertThat(weights.propertyNames()).containsExactlyInAnyOrder("gru", "seasonal", "ridge", "persistence");
        double sum = 0;
        double combined = 0;
        for (String part : weights.propertyNames()) {
            double weight = weights.path(part).doubleValue();
            assertThat(weight).isBetween(0.0, 1.0);
            sum += weight;
            combined += weight
                    * api.post("/predict", body(rows(24, LATEST), time + ", \"model\": \"%s\"".formatted(part)))
                            .number("forecast");
        }
        assertThat(sum).isEqualTo(1, within(1e-9));
        assertThat(blend.number("forecast")).isEqualTo(combined, within(1e-9));
        assertThat(blend.number("forecast")).isBetween(blend.number("lower"), blend.number("upper"));
        assertThat(blend.text("modelVersion")).matches("[gs]1-[0-9a-f]{7}");
    }

    @Test
    void withoutATimeTheBlendIsOfTheModelsThatNeedNone() {
        Reply reply = predict(rows(24, LATEST));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode weights = reply.body().path("weights");
        assertThat(weights.propertyNames()).containsExactlyInAnyOrder("gru", "persistence");
        assertThat(reply.number("forecast"))
                .isEqualTo(21.5 + 0.5 * weights.path("gru").doubleValue(), within(1e-9));
    }

    @Test
    void forecastsAnotherTarget() {
        Reply reply = api.post("/predict", body(rows(24, "[null, 3.1, null]"), GRU + ", \"feature\": \"windspeed\""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("feature")).isEqualTo("windspeed");
        assertThat(reply.text("unit")).isEqualTo("m/s");
        assertThat(reply.text("modelVersion")).isEqualTo("w1");
        assertThat(reply.number("forecast")).isZero(); // 3.1 - 4 is below the plausible range
        assertThat(reply.number("lower")).isZero();
        assertThat(reply.number("upper")).isEqualTo(1.1, within(1e-12));
        assertThat(api.metrics())
                .contains(
                        "aerocast_predictions_total{feature=\"windspeed\",model=\"gru\",outcome=\"served\",pipeline=\"noaa\"}");
        assertProblem(
                api.post("/predict", body(rows(24, "[20, null, 1010]"), ", \"feature\": \"windspeed\"")),
                400,
                "Invalid request",
                "expected a windspeed in the last row, found null");
    }

    @Test
    void persistenceIsTheLatestReadingWithoutAnInterval() {
        Reply reply = api.post(
                "/predict", body("[[21.5, 3.1, 1013.2]]", ", \"model\": \"persistence\", \"feature\": \"pressure\""));

        assertThat(reply.number("forecast")).isEqualTo(1013.2);
        assertThat(reply.text("model")).isEqualTo("persistence");
        assertThat(reply.body().propertyNames()).doesNotContain("lower", "upper", "coverage", "modelVersion");
    }

    /// The GRU forecasts a rise by 0.1 m an hour: it is right at one station, and twice as wrong as persistence
    /// at the other.
    @Test
    void usesTheWeightsOfTheStation() {
        GruModel rising = TestModels.gru(PIPELINES.require("tide").view("surge"), "t1", 0.1);
        api.publish(Topics.MODELS, "tide/surge/gru", shipped(TestModels.published(rising)));
        await().until(() -> api.served("tide", "surge", "gru").equals("t1"));
        for (int hour = 0; hour < 60; hour++) {
            observeSurge("rising", hour, -9 + 0.1 * hour);
            observeSurge("falling", hour, 9 - 0.1 * hour);
        }

        await().untilAsserted(() -> {
            assertThat(weightOfTheGru(", \"station\": \"rising\"")).isGreaterThan(0.8);
            assertThat(weightOfTheGru(", \"station\": \"falling\"")).isLessThan(0.2);
        });
        assertThat(weightOfTheGru(""))
                .isBetween(weightOfTheGru(", \"station\": \"falling\""), weightOfTheGru(", \"station\": \"rising\""));
        assertThat(api.metrics()).doesNotContain("station=");
    }

    /// As a shipped model, which does not count as a training of the pipeline.
    private static ModelPublished shipped(ModelPublished event) {
        return new ModelPublished(
                event.pipeline(),
                event.feature(),
                event.model(),
                event.version(),
                event.publishedAt(),
                null,
                null,
                null,
                event.metrics(),
                event.sha256(),
                event.artifact());
    }

    private static void observeSurge(String station, int hour, double surge) {
        Instant time = Instant.parse("2013-07-01T00:00:00Z").plusSeconds(hour * 3600L);
        api.publish(Topics.OBSERVATIONS, station, new Observation("tide", station, time, Map.of("surge", surge)));
    }

    private static double weightOfTheGru(String station) {
        String more = ", \"pipeline\": \"tide\", \"feature\": \"surge\"" + station;
        return api.post("/predict", body(rows(6, "[null, 1.0]"), more))
                .body()
                .at("/weights/gru")
                .doubleValue();
    }

    @Test
    void usesTheIntervalOfTheStationsStream() {
        String request = "{\"sequence\": %s, \"model\": \"gru\", \"station\": \"windy\"}".formatted(rows(24, LATEST));
        api.publish(Topics.FORECASTS, "windy", streamed("pressure", "g1", 9));
        api.publish(Topics.FORECASTS, "windy", streamed("temperature", "g1", 5));

        await().untilAsserted(() ->
                assertThat(api.post("/predict", request).number("lower")).isEqualTo(17.0, within(1e-12)));
        assertThat(api.post("/predict", request).number("upper")).isEqualTo(28.0, within(1e-12));

        assertThat(api.post("/predict", request.replace("windy", "unknown")).number("lower"))
                .isEqualTo(20.0, within(1e-12));

        api.publish(Topics.FORECASTS, "windy", streamed("temperature", "g0", 3)); // of another version
        await().untilAsserted(() ->
                assertThat(api.post("/predict", request).number("lower")).isEqualTo(20.0, within(1e-12)));
    }

    /// Forecasts with intervals that reach one further up than down.
    private static Forecast streamed(String feature, String version, double below) {
        return new Forecast(
                "noaa",
                "windy",
                feature,
                "gru",
                version,
                Instant.parse("2013-07-01T00:00:00Z"),
                List.of(1, 6, 24),
                List.of(10.0, 11.0, 12.0),
                List.of(10 - below, 11.0, 12.0),
                List.of(11 + below, 11.0, 12.0),
                10,
                false);
    }

    @Test
    void forecastsOneFeatureNestedOrFlat() {
        for (String sequence : new String[] {rows(24, "[20]"), rows(24, "20")}) {
            Reply reply = api.post("/predict", body(sequence, GRU));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.number("forecast")).isEqualTo(19.0, within(1e-12));
            assertThat(reply.text("pipeline")).isEqualTo("sim");
            assertThat(reply.text("modelVersion")).isEqualTo("g2");
        }
    }

    @Test
    void namesTheForecastIfStationAndTimeAreGiven() {
        Reply reply = api.post(
                "/predict",
                body(
                        rows(24, LATEST),
                        GRU + ", \"station\": \"KJFK\", \"ts\": \"2013-07-01T11:51:00Z\", \"horizon\": 6"));

        assertThat(reply.text("target")).isEqualTo("2013-07-01T18:00:00Z");
        assertThat(reply.text("forecastId")).isEqualTo("noaa/KJFK/temperature/gru/g1/2013-07-01T12:00:00Z/6");
        assertThat(reply.number("horizon")).isEqualTo(6);
    }

    @Test
    void usesTheSeasonalModelIfNamed() {
        Reply reply = api.post(
                "/predict", body(rows(24, LATEST), ", \"model\": \"seasonal\", \"ts\": \"2013-07-01T11:51:00+00:00\""));

        assertThat(reply.number("forecast")).isEqualTo(12.0, within(1e-12));
        assertThat(reply.text("model")).isEqualTo("seasonal");
        assertThat(reply.text("modelVersion")).isEqualTo("s1");
    }

    @Test
    void acceptsMissingReadingsAndExtraRows() {
        String sequence = "[[null, null, null], " + rows(29, "[1, null, 1010]").substring(1);

        assertThat(api.post("/predict", body(sequence, GRU)).number("forecast")).isEqualTo(1.5, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sequence": [[1, 2, 3]                       | malformed JSON at line 1
            {"sequence": [01]}                            | malformed JSON at line 1
            {"sequence": [1], "sequence": [2]}            | uplicate
            {"sequence": [1]} {}                          | Expected one JSON object, found something else or more than one at line 1, column 19
            not json                                      | malformed JSON
            [1, 2]                                        | Expected a JSON object, found [1,2]
            null                                          | Expected a JSON object
            {}                                            | Field 'sequence' is missing
            {"sequence": null}                            | Field 'sequence' is missing
            {"sequence": []}                              | expected an array of rows, oldest first, found []
            {"sequence": "1,2"}                           | expected an array of rows, oldest first, found "1,2"
            {"sequence": [[]]}                            | Field 'sequence[0]': expected an array of numbers, found []
            {"sequence": [1, [2]]}                        | Field 'sequence[1]': expected a finite number, found [2]
            {"sequence": [[1], 2]}                        | Field 'sequence[1]': expected an array of numbers, found 2
            {"sequence": ["20"]}                          | Field 'sequence[0]': expected a finite number, found "20"
            {"sequence": [true]}                          | Field 'sequence[0]': expected a finite number, found true
            {"sequence": [NaN]}                           | Field 'sequence[0]': expected a finite number, found
            {"sequence": [[1, Infinity, 1010]]}           | Field 'sequence[0][1]': expected a finite number, found
            {"sequence": [1e999]}                         | Field 'sequence[0]': expected a finite number, found
            {"sequence": [[1, 2, 1010], [1, 2]]}          | expected rows of equal length, found 3 values in row 0 and 2 in row 1
            {"sequence": [[1, 2, 3, 4]]}                  | expected rows of 3 (noaa) or 1 (sim) or 2 (tide) or 1 (swaps), found rows of 4
            {"sequence": [[1, 2, 1010]], "pipeline": "sim"} | expected rows of 1 for pipeline sim [temperature], found rows of 3
            {"sequence": [[1, 2, 1010]]}                  | expected at least 5 rows, found 1
            {"sequence": [[1, 2, 101325]]}                | expected pressure from 870.0 to 1085.0 hPa, found 101325.0 in row 0
            {"sequence": [[1, -1, 1010]]}                 | expected windspeed from 0.0 to 113.0 m/s, found -1.0 in row 0
            {"sequence": [20, 80.5, 20]}                  | expected temperature from -60.0 to 80.0 °C, found 80.5 in row 1
            {"sequence": [20, null]}                      | expected a temperature in the last row, found null
            {"sequence": [20], "pipeline": "mars"}        | Field 'pipeline': expected one of [noaa, sim, tide, swaps], found 'mars'
            {"sequence": [20], "pipeline": 7}             | Field 'pipeline': expected a text of 1 to 128 characters, found 7
            {"sequence": [20], "model": "lstm"}           | Field 'model': expected one of [blend, gru, seasonal, ridge, persistence], found 'lstm'
            {"sequence": [20], "feature": "wind"}         | Field 'feature': expected one of [temperature], found 'wind'
            {"sequence": [20], "horizon": 2}              | Field 'horizon': expected one of [1] for pipeline sim, found 2
            {"sequence": [20], "horizon": 1.5}            | Field 'horizon': expected a whole number of at least 1, found 1.5
            {"sequence": [20], "horizon": "1"}            | Field 'horizon': expected a whole number of at least 1, found "1"
            {"sequence": [20], "ts": "yesterday"}         | Field 'ts': expected an ISO-8601 time
            {"sequence": [20], "ts": "+999999999-01-01T00:00:00Z"} | Field 'ts': expected an ISO-8601 time
            {"sequence": [20], "ts": 1372680000}          | Field 'ts': expected an ISO-8601 time
            {"sequence": [20], "station": " "}            | Field 'station': expected a text
            {"sequence": [20], "window": 5}               | Expected fields among [feature, horizon, horizons, model, pipeline, sequence, station, ts], found [window]
            """)
    void statesWhatIsInvalid(String body, String detail) {
        assertProblem(api.post("/predict", body), 400, "Invalid request", detail);
    }

    @Test
    void needsTheTimeForASeasonalForecast() {
        assertProblem(
                api.post("/predict", body(rows(24, LATEST), ", \"model\": \"seasonal\"")),
                400,
                "Invalid request",
                "Field 'ts': expected the time of the last row");
    }

    @Test
    void refusesAnEmptyBody() {
        assertProblem(api.post("/predict", ""), 400, "Invalid request", "Expected a JSON object as body, found none");
    }

    @Test
    void refusesDeepNesting() {
        assertProblem(
                api.post("/predict", "{\"sequence\": " + "[".repeat(5000) + "]".repeat(5000) + "}"),
                400,
                "Invalid request",
                "Expected one JSON object, found one beyond all limits");
    }

    @Test
    void hasNoModelForAPipelineThatWasNeverTrained() {
        assertProblem(predict(rows(6, "[1, 0]")), 503, "No model", "Pipeline tide has no blend model of level yet");
        assertThat(api.metrics())
                .contains(
                        "aerocast_predictions_total{feature=\"level\",model=\"blend\",outcome=\"unavailable\",pipeline=\"tide\"}");
    }

    @Test
    void refusesTooLargeABodyWithAndWithoutItsLength() {
        byte[] large = body(rows(60_000, LATEST), "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(large.length).isGreaterThan(1 << 20);
        String detail = "Expected a body of at most 1048576 bytes, found more";

        assertProblem(api.post("/predict", BodyPublishers.ofByteArray(large)), 413, "Request body too large", detail);
        assertProblem(
                api.post("/predict", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "Request body too large",
                detail);
    }

    @Test
    void refusesAnotherMediaTypeAndAnotherMethod() {
        assertProblem(
                api.send(api.request("/predict")
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString("1,2"))),
                415,
                "Unsupported Media Type",
                "Expected Content-Type application/json, found text/csv");
        assertProblem(api.get("/predict"), 405, "Method Not Allowed", "Expected POST, found GET");
        assertProblem(api.get("/predictions"), 404, "Not Found", "Nothing is served at GET /predictions");
    }

    @Test
    void recordsNoTraceByDefault() {
        predict(rows(24, LATEST));

        assertThat(api.openMetrics())
                .contains(
                        "aerocast_prediction_seconds_bucket{feature=\"temperature\",model=\"blend\",pipeline=\"noaa\"")
                .doesNotContain("trace_id");
    }

    @Test
    void countsAndTimesPredictions() {
        predict(rows(24, LATEST));
        predict("[]");

        assertThat(api.metrics())
                .contains(
                        "aerocast_predictions_total{feature=\"temperature\",model=\"blend\",outcome=\"served\",pipeline=\"noaa\"}")
                .contains(
                        "aerocast_predictions_total{feature=\"none\",model=\"none\",outcome=\"rejected\",pipeline=\"none\"}")
                .contains(
                        "aerocast_prediction_seconds_bucket{feature=\"temperature\",model=\"blend\",pipeline=\"noaa\",le=\"0.001\"}")
                .contains(
                        "aerocast_prediction_seconds_count{feature=\"temperature\",model=\"blend\",pipeline=\"noaa\"}")
                .contains(
                        "aerocast_model_info{feature=\"temperature\",model=\"gru\",pipeline=\"noaa\",version=\"g1\"} 1")
                .contains("http_server_requests_seconds_bucket");
    }

    @Test
    void forecastsSeveralHorizons() {
        String time = GRU + ", \"ts\": \"2013-07-01T11:51:00Z\", \"station\": \"P9\"";
        Reply some = api.post("/v1/predict", body(rows(24, LATEST), time + ", \"horizons\": [24, 1]"));
        Reply all = api.post("/v1/predict", body(rows(24, LATEST), time + ", \"horizons\": \"all\""));
        Reply one = api.post("/v1/predict", body(rows(24, LATEST), time + ", \"horizon\": 24"));

        assertThat(some.body().path("forecasts")).hasSize(2);
        JsonNode first = some.body().at("/forecasts/0");
        assertThat(first.path("horizon").intValue()).isEqualTo(24);
        for (String field : List.of("forecast", "lower", "upper", "target", "forecastId")) {
            assertThat(first.path(field)).as(field).isEqualTo(one.body().path(field));
        }
        assertThat(some.text("unit")).isEqualTo("°C");
        assertThat(some.text("modelVersion")).isEqualTo("g1");
        assertThat(some.number("coverage")).isEqualTo(0.9);
        assertThat(all.body().path("forecasts")).hasSize(3);
    }

    @Test
    void fillsAShortSequenceLikeAGap() {
        String gap = "[null, null, null]";
        String filled = rows(19, gap).substring(0, rows(19, gap).length() - 1) + ", "
                + rows(5, LATEST).substring(1);

        Reply shortened = predict(rows(5, LATEST));
        Reply complete = predict(filled);

        assertThat(shortened.status()).isEqualTo(200);
        assertThat(shortened.number("filled")).isEqualTo(19);
        assertThat(complete.body().has("filled")).isFalse();
        assertThat(shortened.number("forecast")).isEqualTo(complete.number("forecast"));
        assertThat(shortened.number("upper")).isEqualTo(complete.number("upper"));
        assertProblem(
                predict(rows(4, LATEST)),
                400,
                "Invalid request",
                "Field 'sequence': expected at least 5 rows, found 4");
    }

    @Test
    void eachInstanceOfABatchHasItsOwnOutcome() {
        String good = body(rows(24, LATEST), GRU);
        String several = body(rows(24, LATEST), GRU + ", \"horizons\": [1, 6]");
        Reply batch =
                api.post("/v1/predict", "{\"instances\": [%s, %s, %s, 7]}".formatted(good, body("[]", ""), several));

        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.number("served")).isEqualTo(2);
        assertThat(batch.body().path("outcomes"))
                .extracting(outcome -> outcome.path("status").intValue())
                .containsExactly(200, 400, 200, 400);
        assertThat(batch.body().at("/outcomes/0/reply"))
                .isEqualTo(api.post("/predict", good).body());
        assertThat(batch.body().at("/outcomes/1/detail").asString()).contains("expected an array of rows");
        assertThat(batch.body().at("/outcomes/2/reply/forecasts")).hasSize(2);
        assertThat(batch.body().at("/outcomes/3/title").asString()).isEqualTo("Invalid request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"instances": []}                            | expected an array of 1 to 1000 instances, found 0
            {"instances": {"sequence": [20]}}            | expected an array of 1 to 1000 instances, found {"sequence":[20]}
            {"instances": [], "model": "gru"}            | Expected fields among [instances], found [model]
            {"sequence": [20], "horizons": []}           | Field 'horizons': expected 'all' or some of [1] for pipeline sim, found []
            {"sequence": [20], "horizons": [2]}          | Field 'horizons': expected 'all' or some of [1] for pipeline sim, found [2]
            {"sequence": [20], "horizons": {"a": 1}}     | Field 'horizons': expected 'all' or some of [1] for pipeline sim, found {"a":1}
            {"sequence": [20], "horizons": "none"}       | Field 'horizons': expected 'all' or some of [1] for pipeline sim, found "none"
            {"sequence": [20], "horizon": 1, "horizons": [1]} | Expected 'horizon' or 'horizons', found both
            """)
    void statesWhatIsInvalidInABatchAndInHorizons(String body, String detail) {
        assertProblem(api.post("/v1/predict", body), 400, "Invalid request", detail);
    }

    private static Reply predict(String sequence) {
        return api.post("/predict", body(sequence, ""));
    }

    private static String body(String sequence, String more) {
        return "{\"sequence\": %s%s}".formatted(sequence, more);
    }

    private static String rows(int count, String row) {
        return Collections.nCopies(count, row).stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static void assertProblem(Reply reply, int status, String title, String detail) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.text("title")).isEqualTo(title);
        assertThat(reply.text("detail")).contains(detail).doesNotContain("java.", "jackson", "Exception", "Feature");
        assertThat(reply.number("status")).isEqualTo(status);
        assertThat(reply.body().propertyNames()).contains("instance").doesNotContain("trace");
    }
}
