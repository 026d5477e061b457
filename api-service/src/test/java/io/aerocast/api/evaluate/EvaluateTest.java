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
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(RunningApi.class)
class EvaluateTest {

    private final Handle api;

    EvaluateTest(Handle api) {
        this.api = api;
    }

    @Test
    void repliesTheRollingErrorAndPublishesTheEvaluation() {
        Reply first = api.post("/eval", """
                {"predicted": 20, "actual": 23, "pipeline": "sim", "station": "E1", "model": "gru", "modelVersion": "7",
                 "forecastId": "f1", "ts": "2013-07-01T12:00:00Z", "horizon": 1}""");
        Reply second = api.post(
                "/eval",
                "{\"predicted\": 20, \"actual\": 19, \"pipeline\": \"sim\", \"station\": \"E1\", \"model\": \"gru\"}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().propertyNames())
                .containsExactlyInAnyOrder("rmse", "count", "abs_error", "drift_flagged");
        assertThat(first.number("rmse")).isEqualTo(3.0, within(1e-12));
        assertThat(second.number("rmse")).isEqualTo(Math.sqrt(5), within(1e-12));
        assertThat(second.number("count")).isEqualTo(2);
        assertThat(second.number("abs_error")).isEqualTo(1.0);
        assertThat(second.body().path("drift_flagged").booleanValue(true)).isFalse();
        assertThat(published("E1"))
                .first()
                .isEqualTo(new Evaluation(
                        "f1",
                        "sim",
                        "E1",
                        "gru",
                        "7",
                        Instant.parse("2013-07-01T12:00:00Z"),
                        1,
                        20,
                        23,
                        null,
                        EvaluationSource.REPORTED));
    }

    @Test
    void needsTwoNumbersOnly() {
        Reply reply = api.post("/eval", "{\"predicted\": 20.5, \"actual\": 20}");

        assertThat(reply.number("abs_error")).isEqualTo(0.5);
        assertThat(published("unknown"))
                .last()
                .satisfies(e -> assertThat(e.pipeline()).isEqualTo("noaa"))
                .satisfies(e -> assertThat(e.model()).isEqualTo("gru"))
                .satisfies(e -> assertThat(e.modelVersion()).isEqualTo("unknown"))
                .satisfies(e -> assertThat(e.horizon()).isEqualTo(1));
    }

    @Test
    void flagsDriftWhileItLasts() {
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
        String report = "{\"predicted\": 20, \"actual\": 22, \"pipeline\": \"sim\", \"station\": \"E3\"}";
        api.post("/eval", report);
        api.post("/eval", report);

        try (ConfigurableApplicationContext replica = api.replica("--aerocast.api.live.group=other")) {
            RollingErrors errors = replica.getBean(RollingErrors.class);
            await().untilAsserted(() -> assertThat(errors.of("sim", "E3"))
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

    private void drift(String station, DriftState from, DriftState to) {
        api.publish(
                Topics.DRIFT,
                Topics.key("sim", station),
                new DriftChanged("sim", station, "gru", "7", from, to, Instant.EPOCH, null, "e1", "test", Map.of()));
    }
}
