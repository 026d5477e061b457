package io.aerocast.drift.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatchTest {

    private final Flow flow = new Flow("aerocast.drift.match.grace=48");

    @AfterEach
    void close() {
        flow.close();
    }

    /// Three forecasts of 12:00 and the observation of 11:51, each twice, in all 24 orders.
    @Test
    void everyOrderOfArrivalGivesTheSameEvaluations() {
        List<Consumer<Flow>> arrivals = List.of(
                f -> f.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5)),
                f -> f.forecast(Flow.forecast("v1", "2013-01-02T06:00:00Z", 6, 6)),
                f -> f.forecast(Flow.forecast("v1", "2013-01-01T12:00:00Z", 24, 7)),
                f -> f.observe("2013-01-02T11:51:00Z", 4.5));
        for (List<Consumer<Flow>> order : orders(arrivals)) {
            try (Flow fresh = new Flow()) {
                order.forEach(arrival -> arrival.accept(fresh));
                order.forEach(arrival -> arrival.accept(fresh));

                assertThat(fresh.evaluations())
                        .extracting(Evaluation::horizon, Evaluation::predicted, Evaluation::actual)
                        .containsExactlyInAnyOrder(tuple(1, 5.0, 4.5), tuple(6, 6.0, 4.5), tuple(24, 7.0, 4.5));
            }
        }
    }

    @Test
    void aMissingReadingGivesNoEvaluation() {
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe(
                new Observation("noaa", "KJFK", Instant.parse("2013-01-02T11:51:00Z"), Map.of("pressure", 1012.0)));
        assertThat(flow.evaluations()).isEmpty();

        flow.observe("2013-01-02T12:05:00Z", 4.5);
        assertThat(flow.evaluations()).extracting(Evaluation::actual).containsExactly(4.5);
    }

    @Test
    void doesNotJoinLateObservations() {
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe("2013-01-05T13:00:00Z", 9);

        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations()).isEmpty();
        assertThat(flow.metrics()).contains("aerocast_match_skipped_total{input=\"observation\",reason=\"late\"} 1.0");
    }

    @Test
    void doesNotJoinAcrossStationsAndPipelines() {
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe(
                new Observation("noaa", "KLGA", Instant.parse("2013-01-02T12:00:00Z"), Map.of("temperature", 4.5)));
        flow.observe(new Observation("sim", "KJFK", Instant.parse("2013-01-02T12:00:00Z"), Map.of("temperature", 4.5)));
        flow.observe(
                new Observation("mars", "KJFK", Instant.parse("2013-01-02T12:00:00Z"), Map.of("temperature", 4.5)));

        assertThat(flow.evaluations()).isEmpty();
    }

    @Test
    void anEvaluationCarriesAllFieldsOfItsForecast() {
        Forecast forecast = Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5);
        flow.forecast(forecast);
        flow.observe("2013-01-02T11:51:00Z", 4.5);

        assertThat(flow.evaluations())
                .containsExactly(new Evaluation(
                        forecast.id(),
                        "noaa",
                        "KJFK",
                        forecast.model(),
                        "v1",
                        Instant.parse("2013-01-02T12:00:00Z"),
                        1,
                        5,
                        4.5,
                        forecast.persistence(),
                        EvaluationSource.MATCHED,
                        forecast.lower(),
                        forecast.upper()));
    }

    /// Of 500 hours and three horizons, the stores keep what the largest horizon and the grace require: 24 + 48
    /// hours back, the current hour and up to 24 hours ahead.
    @Test
    void dropsOldGridTimes() {
        for (int hour = 0; hour < 500; hour++) {
            Instant origin = Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
            flow.observe(origin.toString(), hour);
            for (int horizon : new int[] {1, 6, 24}) {
                flow.forecast(Flow.forecast("v1", origin.toString(), horizon, hour));
            }
        }

        assertThat(flow.rows("match-actuals")).isEqualTo(24 + 48 + 1);
        // Each horizon has forecast as many future hours as it looks ahead.
        assertThat(flow.rows("match-forecasts")).isEqualTo(3 * (24 + 48 + 1) + 1 + 6 + 24);
        assertThat(flow.evaluations()).hasSize(499 + 494 + 476);
    }

    @Test
    void skipsUnreadableRecords() {
        flow.pipeBytes(Topics.FORECASTS, "KJFK", "{\"schema\":9}".getBytes(StandardCharsets.UTF_8));
        flow.pipeBytes(Topics.OBSERVATIONS, "KJFK", new byte[] {1, 2, 3});
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations()).hasSize(1);
        assertThat(flow.metrics())
                .contains("aerocast_records_skipped_total{reason=\"unreadable\",topic=\"aerocast.forecasts.v1\"} 1.0")
                .contains(
                        "aerocast_records_skipped_total{reason=\"unreadable\",topic=\"aerocast.observations.v1\"} 1.0");
    }

    private static <T> List<List<T>> orders(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : items) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<T> tail : orders(rest)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
