package io.aerocast.api.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.service.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(RunningApi.class)
class EvaluateTest {

    private static final Instant OBSERVED = Instant.parse("2013-07-01T12:00:00Z");

    private final Handle api;

    EvaluateTest(Handle api) {
        this.api = api;
    }

    @Test
    void repliesTheRollingErrorAndPublishesTheEvaluation() {
        observe("E1");
        Reply first = api.post("/eval", """
                {"predicted": 20, "actual": 23, "pipeline": "sim", "station": "E1", "model": "gru", "modelVersion": "7",
                 "forecastId": "f1", "ts": "2013-07-01T12:00:00Z", "horizon": 1}""");
        Reply second = api.post("/eval", """
                {"predicted": 20, "actual": 19, "pipeline": "sim", "station": "E1", "model": "gru", "modelVersion": "7"}""");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().propertyNames())
                .containsExactlyInAnyOrder("rmse", "count", "abs_error", "drift_flagged", "modelVersion");
        assertThat(first.number("rmse")).isEqualTo(3.0, within(1e-12));
        assertThat(second.number("rmse")).isEqualTo(Math.sqrt(5), within(1e-12));
        assertThat(second.number("count")).isEqualTo(2);
        assertThat(second.number("abs_error")).isEqualTo(1.0);
        assertThat(second.text("modelVersion")).isEqualTo("7");
        assertThat(second.body().path("drift_flagged").booleanValue(true)).isFalse();
        assertThat(published("E1"))
                .first()
                .isEqualTo(new Evaluation(
                        "sim",
                        "E1",
                        "temperature",
                        "gru",
                        OBSERVED,
                        23,
                        EvaluationSource.REPORTED,
                        "f1",
                        List.of(new Pair(1, "7", 20, null, null, null))));
    }

    @Test
    void aNewVersionStartsWithItsOwnErrors() {
        observe("E4");
        String report =
                "{\"predicted\": 20, \"actual\": 23, \"pipeline\": \"sim\", \"station\": \"E4\", \"modelVersion\": \"%s\"}";
        api.post("/eval", report.formatted("1"));
        api.post("/eval", report.formatted("1"));

        assertThat(api.post("/eval", report.formatted("2")).number("count")).isEqualTo(1);
    }

    @Test
    void anAnonymousReportNeedsTwoNumbersAndIsNotPublished() {
        int before = api.events(Topics.EVALUATIONS).size();

        Reply reply = api.post("/eval", "{\"predicted\": 20.5, \"actual\": 20}");
        Reply next = api.post("/eval", "{\"predicted\": 21.5, \"actual\": 20}");

        assertThat(reply.number("abs_error")).isEqualTo(0.5);
        assertThat(reply.number("count")).isPositive();
        assertThat(next.number("count")).isEqualTo(reply.number("count") + 1);
        assertThat(reply.text("modelVersion")).isEqualTo("unknown");
        assertThat(api.events(Topics.EVALUATIONS)).hasSize(before);
    }

    @Test
    void aReportNeedsAStationThatWasObserved() {
        Reply reply = api.post("/eval", "{\"predicted\": 20, \"actual\": 23, \"station\": \"invented\"}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text("title")).isEqualTo("Unknown station");
        assertThat(reply.text("detail"))
                .isEqualTo("No observation of station 'invented' of pipeline noaa has arrived, so the report was not"
                        + " counted; GET /latest lists the stations, and a report without a station needs none");
        assertThat(published("invented")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2013-07-01T11:43:20Z, 200", // 1000 seconds before
        "2013-07-01T11:43:19Z, 400",
        "2013-07-01T12:00:01Z, 200",
        "2013-07-01T12:00:02Z, 400",
        "2150-01-01T00:00:00Z, 400",
    })
    void aTargetTimeLiesAmongTheObservationsOrOneStepLater(String ts, int status) {
        observe("E5");

        Reply reply = api.post("/eval", """
                {"predicted": 20, "actual": 23, "pipeline": "sim", "station": "E5", "ts": "%s"}""".formatted(ts));

        assertThat(reply.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(reply.text("detail"))
                    .isEqualTo("Field 'ts': expected a time from 2013-07-01T11:43:20Z to 2013-07-01T12:00:01Z, as of"
                            + " the newest observation of the station, found " + ts);
        }
    }

    @Test
    void manyInventedStationsAndFutureReportsChangeNothing() {
        observe("E6");
        int published = api.events(Topics.EVALUATIONS).size();
        try (ConfigurableApplicationContext replica = api.replica(
                "--aerocast.api.live.group=other",
                "--aerocast.api.evaluate.rate=1000000",
                "--aerocast.api.evaluate.burst=1000000")) {
            await().until(() -> RunningApi.get(replica, "/latest?station=E6")
                    .body()
                    .at("/stations/0")
                    .isObject());
            await().until(() -> RunningApi.get(replica, "/readyz").status() == 200);
            EvaluateController controller = replica.getBean(EvaluateController.class);
            RollingErrors errors = replica.getBean(RollingErrors.class);
            assertThat(statusOf(controller, report("first", "null"))).isEqualTo(404);
            assertThat(statusOf(controller, report("E6", "\"2100-01-01T00:00:00Z\"")))
                    .isEqualTo(400);
            int series = errors.size();
            long meters = meters(replica);

            for (int i = 0; i < 34_000; i++) {
                assertThat(statusOf(controller, report("invented-" + i, "null")))
                        .isEqualTo(404);
            }
            for (int i = 0; i < 160; i++) {
                String ts = "\"%d-01-01T00:00:00Z\"".formatted(2030 + i);
                assertThat(statusOf(controller, report("E6", ts))).isEqualTo(400);
                assertThat(statusOf(controller, report("invented", ts))).isEqualTo(404);
            }

            assertThat(errors.size()).isEqualTo(series);
            assertThat(meters(replica)).isLessThan(meters + 10); // the stream may have started meanwhile
            assertThat(api.events(Topics.EVALUATIONS)).hasSize(published);
        }
    }

    @Test
    void repliesTooManyRequestsBeyondTheRate() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext replica = api.replica(
                        "--aerocast.api.live.group=other",
                        "--aerocast.api.evaluate.rate=1",
                        "--aerocast.api.evaluate.burst=1");
                HttpClient http = HttpClient.newHttpClient()) {
            List<HttpResponse<String>> replies = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                replies.add(http.send(
                        RunningApi.report(replica, "{\"predicted\": 20.5, \"actual\": 20}"), BodyHandlers.ofString()));
            }

            assertThat(replies).extracting(HttpResponse::statusCode).containsExactly(200, 429);
            HttpResponse<String> refused = replies.getLast();
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .startsWith("application/problem+json");
            assertThat(refused.body()).contains("aerocast.api.evaluate.rate");
        }
    }

    @Test
    void flagsDriftWhileItLasts() {
        observe("E2");
        String report = "{\"predicted\": 20, \"actual\": 23, \"pipeline\": \"sim\", \"station\": \"E2\"}";
        drift("E2", DriftState.CALM, DriftState.DRIFT);
        await().until(() ->
                api.post("/eval", report).body().path("drift_flagged").booleanValue());

        drift("E2", DriftState.DRIFT, DriftState.CALM);

        await().until(() ->
                !api.post("/eval", report).body().path("drift_flagged").booleanValue());
    }

    @Test
    void anotherReplicaHasTheSameErrors() {
        observe("E3");
        String report = "{\"predicted\": 20, \"actual\": 22, \"pipeline\": \"sim\", \"station\": \"E3\"}";
        api.post("/eval", report);
        api.post("/eval", report);

        try (ConfigurableApplicationContext replica = api.replica("--aerocast.api.live.group=other")) {
            RollingErrors errors = replica.getBean(RollingErrors.class);
            await().untilAsserted(() -> assertThat(errors.of("sim", "E3", "temperature"))
                    .extracting(RollingError::source, RollingError::rmse, RollingError::count)
                    .containsExactly(tuple(EvaluationSource.REPORTED, 2.0, 2)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"predicted": 20}                             | Field 'actual' is missing
            {"actual": 20}                                | Field 'predicted' is missing
            {"predicted": "20", "actual": 20}             | Field 'predicted': expected a finite number, found "20"
            {"predicted": 20, "actual": NaN}              | Field 'actual': expected a finite number, found
            {"predicted": 1e999, "actual": 20}            | Field 'predicted': expected a finite number, found
            {"predicted": 20, "actual": 61}               | Field 'actual': expected a temperature from -60.0 to 60.0 °C, found 61.0
            {"predicted": 181, "actual": 20}              | Field 'predicted': expected a temperature from -180.0 to 180.0 °C, found 181.0
            {"predicted": 20, "actual": 20, "horizon": 0} | Field 'horizon': expected a whole number of at least 1, found 0
            {"predicted": 20, "actual": 20, "horizon": 2} | Field 'horizon': expected one of [1, 6, 24] for pipeline noaa, found 2
            {"predicted": 20, "actual": 20, "model": "x"} | Field 'model': expected one of [blend, gru, seasonal, ridge, persistence], found 'x'
            {"predicted": 20, "actual": 20, "feature": "x"} | Field 'feature': expected one of [temperature, windspeed, pressure], found 'x'
            {"predicted": 2, "actual": -1, "feature": "windspeed"} | Field 'actual': expected a windspeed from 0.0 to 113.0 m/s, found -1.0
            {"predicted": 20, "actual": 20, "x": 1}       | found [x]
            {"predicted": 20, "actual": 20, "pipeline": "mars"} | Field 'pipeline': expected one of [noaa, sim, tide, swaps], found 'mars'
            """)
    void invalidReportsAreNotPublished(String body, String detail) {
        int before = api.events(Topics.EVALUATIONS).size();

        Reply reply = api.post("/eval", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.text("detail")).contains(detail);
        assertThat(api.events(Topics.EVALUATIONS)).hasSize(before);
    }

    private List<Evaluation> published(String station) {
        return api.events(Topics.EVALUATIONS).stream()
                .filter(e -> e.station().equals(station))
                .toList();
    }

    /// Observes a station once and waits until it is known.
    private void observe(String station) {
        api.publish(
                Topics.OBSERVATIONS, station, new Observation("sim", station, OBSERVED, Map.of("temperature", 20.0)));
        await().until(() ->
                api.get("/latest?station=" + station).body().at("/stations/0").isObject());
    }

    private static String report(String station, String ts) {
        return "{\"predicted\": 20, \"actual\": 23, \"pipeline\": \"sim\", \"station\": \"%s\", \"ts\": %s}"
                .formatted(station, ts);
    }

    /// Number of meters of the service; the JVM adds its own from time to time.
    private static long meters(ConfigurableApplicationContext service) {
        return service.getBean(MeterRegistry.class).getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("aerocast"))
                .count();
    }

    private static int statusOf(EvaluateController controller, String report) {
        try {
            controller.evaluate(RunningApi.JSON.readTree(report));
            return 200;
        } catch (Problem e) {
            return e.getStatusCode().value();
        }
    }

    private void drift(String station, DriftState from, DriftState to) {
        api.publish(
                Topics.DRIFT,
                Topics.key("sim", station, "temperature"),
                new DriftChanged(
                        "sim",
                        station,
                        "temperature",
                        "blend",
                        "7",
                        1,
                        null,
                        from,
                        to,
                        Instant.EPOCH,
                        null,
                        "e1",
                        "test",
                        Map.of()));
    }
}
