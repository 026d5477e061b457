package io.aerocast.drift.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");
    private static final List<Integer> ALL =
            IntStream.rangeClosed(1, 24).boxed().toList();

    private final Flow flow = new Flow("aerocast.drift.match.grace=48");

    @AfterEach
    void close() {
        flow.close();
    }

    /// Three forecasts of 12:00 and the observation of 11:51, each twice, in all 24 orders.
    @Test
    void everyOrderOfArrivalJoinsEachHorizonOnce() {
        List<Consumer<Flow>> arrivals = List.of(
                f -> f.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5)),
                f -> f.forecast(Flow.forecast("v1", "2013-01-02T06:00:00Z", 6, 6)),
                f -> f.forecast(Flow.forecast("v1", "2013-01-01T12:00:00Z", 24, 7)),
                f -> f.observe("2013-01-02T11:51:00Z", 4.5));
        for (List<Consumer<Flow>> order : orders(arrivals)) {
            try (Flow fresh = new Flow()) {
                fresh.observe("2013-01-01T00:00:00Z", 1);
                order.forEach(arrival -> arrival.accept(fresh));
                order.forEach(arrival -> arrival.accept(fresh));

                assertThat(pairs(fresh.evaluations()))
                        .containsExactlyInAnyOrder(tuple(1, 5.0, 4.5), tuple(6, 6.0, 4.5), tuple(24, 7.0, 4.5));
            }
        }
    }

    /// Whether forecasts and observations arrive by turns, or one of them is days ahead.
    @Test
    void anEvaluationIsTheSameWhicheverInputIsAhead() {
        List<Consumer<Flow>> observations = new ArrayList<>();
        List<Consumer<Flow>> forecasts = new ArrayList<>();
        for (int hour = 0; hour < 60; hour++) {
            Instant at = START.plusSeconds(3600L * hour);
            double reading = hour;
            observations.add(f -> f.observe(at.toString(), reading));
            forecasts.add(f -> f.forecast(Flow.forecast("temperature", "blend", "v1", at, ALL, reading)));
        }
        List<Evaluation> byTurns = evaluations(observations, forecasts, 1);

        assertThat(byTurns).hasSize(59);
        assertThat(byTurns.getLast().pairs()).extracting(Pair::horizon).containsExactlyElementsOf(ALL);
        assertThat(byTurns.getLast().pairs())
                .extracting(Pair::predicted)
                .containsExactlyElementsOf(ALL.stream().map(h -> 59.0 - h).toList());
        assertThat(evaluations(observations, forecasts, 7)).containsExactlyElementsOf(byTurns);
        assertThat(evaluations(observations, forecasts, 60)).containsExactlyElementsOf(byTurns);
    }

    /// Observations ahead of the forecasts by a number of hours.
    private static List<Evaluation> evaluations(
            List<Consumer<Flow>> observations, List<Consumer<Flow>> forecasts, int ahead) {
        try (Flow fresh = new Flow()) {
            for (int i = 0; i < observations.size() + ahead - 1; i++) {
                if (i < observations.size()) {
                    observations.get(i).accept(fresh);
                }
                if (i >= ahead - 1) {
                    forecasts.get(i - ahead + 1).accept(fresh);
                }
            }
            return fresh.evaluations();
        }
    }

    /// The api restarts within the hour with a new model: the forecast that arrived first counts.
    @Test
    void aSecondForecastOfTheSameOriginIsIgnoredWhateverItsVersion() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.forecast(Flow.forecast("v2", "2013-01-02T11:00:00Z", 1, 6));
        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations())
                .flatExtracting(Evaluation::pairs)
                .extracting(Pair::modelVersion)
                .containsExactly("v1");
    }

    @Test
    void eachPairNamesTheVersionThatMadeIt() {
        flow.observe("2013-01-02T10:00:00Z", 4);
        flow.forecast(Flow.forecast("v1", "2013-01-02T10:00:00Z", 2, 5));
        flow.forecast(Flow.forecast("v2", "2013-01-02T11:00:00Z", 1, 6));
        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations())
                .singleElement()
                .extracting(Evaluation::pairs)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Pair.class))
                .extracting(Pair::horizon, Pair::modelVersion)
                .containsExactly(tuple(1, "v2"), tuple(2, "v1"));
    }

    @Test
    void eachFeatureAndKindOfModelHasItsOwnEvaluation() {
        Instant origin = Instant.parse("2013-01-02T11:00:00Z");
        flow.observe("2013-01-02T11:00:00Z", 4);
        for (String feature : List.of("temperature", "windspeed")) {
            for (String kind : List.of("blend", "gru", "seasonal")) {
                flow.forecast(Flow.forecast(feature, kind, "v1", origin, ALL, 5));
            }
        }
        flow.observe(new Observation(
                "noaa", "KJFK", Instant.parse("2013-01-02T12:00:00Z"), Map.of("temperature", 4.5, "windspeed", 3.0)));

        assertThat(flow.evaluations())
                .extracting(Evaluation::feature, Evaluation::model, Evaluation::actual)
                .containsExactly(
                        tuple("temperature", "blend", 4.5),
                        tuple("temperature", "gru", 4.5),
                        tuple("temperature", "seasonal", 4.5),
                        tuple("windspeed", "blend", 3.0),
                        tuple("windspeed", "gru", 3.0),
                        tuple("windspeed", "seasonal", 3.0));
    }

    @Test
    void aMissingReadingGivesNoEvaluation() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe(
                new Observation("noaa", "KJFK", Instant.parse("2013-01-02T11:51:00Z"), Map.of("pressure", 1012.0)));
        assertThat(flow.evaluations()).isEmpty();

        flow.observe("2013-01-02T12:05:00Z", 4.5);
        assertThat(flow.evaluations()).extracting(Evaluation::actual).containsExactly(4.5);
    }

    @Test
    void doesNotJoinLateObservations() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe("2013-01-05T13:00:00Z", 9);

        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations()).isEmpty();
        assertThat(flow.metrics()).contains("aerocast_match_skipped_total{input=\"observation\",reason=\"late\"} 1.0");
    }

    @Test
    void doesNotJoinAcrossStationsAndPipelines() {
        flow.observe("2013-01-02T11:00:00Z", 4);
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
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(forecast);
        flow.observe("2013-01-02T11:51:00Z", 4.5);

        assertThat(flow.evaluations())
                .containsExactly(new Evaluation(
                        "noaa",
                        "KJFK",
                        "temperature",
                        forecast.model(),
                        Instant.parse("2013-01-02T12:00:00Z"),
                        4.5,
                        EvaluationSource.MATCHED,
                        null,
                        List.of(new Pair(1, "v1", 5, forecast.persistence(), 4.0, 6.0))));
    }

    /// Of 500 hours, the stores keep what the largest horizon and the grace require: 24 + 48 hours back and the
    /// current hour, each with the observed value and the forecasts from it.
    @Test
    void dropsOldGridTimes() {
        for (int hour = 0; hour < 500; hour++) {
            Instant origin = START.plusSeconds(3600L * hour);
            flow.observe(origin.toString(), hour);
            flow.forecast(Flow.forecast("temperature", "blend", "v1", origin, List.of(1, 6, 24), hour));
        }

        assertThat(flow.rows("match-grid")).isEqualTo(24 + 48 + 1);
        assertThat(flow.rows("match-stations")).isEqualTo(1);
        assertThat(pairs(flow.evaluations())).hasSize(499 + 494 + 476);
    }

    /// The reading of hour 5 arrives after that of hour 40, 12 hours after the last target of the forecast from
    /// hour 4.
    @Test
    void aReadingThatArrivesBehindLaterOnesIsJoinedForAsLongAsItIsAwaited() {
        for (int late : new int[] {2, 20}) {
            try (Flow awaiting = new Flow("aerocast.drift.match.late=" + late)) {
                for (int hour = 0; hour < 42; hour++) {
                    Instant at = START.plusSeconds(3600L * hour);
                    if (hour != 5) {
                        awaiting.observe(at.toString(), hour);
                    }
                    if (hour == 40) {
                        awaiting.observe(START.plusSeconds(5 * 3600L).toString(), 5);
                    }
                    awaiting.forecast(Flow.forecast("temperature", "blend", "v1", at, List.of(1), hour));
                }

                assertThat(awaiting.evaluations())
                        .extracting(Evaluation::actual)
                        .filteredOn(actual -> actual == 5)
                        .hasSize(late == 20 ? 1 : 0);
            }
        }
    }

    @Test
    void forgetsAStationThatHasBeenSilentForLong() {
        try (Flow short30 = new Flow("aerocast.drift.stations.forget-after=30d")) {
            short30.observe("2013-01-01T00:00:00Z", 4);
            assertThat(short30.rows("match-stations")).isEqualTo(1);
            short30.pass(Duration.ofDays(30));
            observe(short30, "KLGA", "2013-01-31T00:00:00Z");
            assertThat(short30.rows("match-stations")).isEqualTo(2);

            short30.pass(Duration.ofHours(1));
            observe(short30, "KLGA", "2013-01-31T01:00:00Z");

            assertThat(short30.rows("match-stations")).isEqualTo(1);
            assertThat(short30.rows("match-grid")).isEqualTo(2);
            assertThat(short30.metrics()).contains("aerocast_match_stations_forgotten_total{pipeline=\"noaa\"} 1.0");
        }
    }

    @Test
    void aLiveStationDoesNotEndAReplay() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        observe(flow, "KLGA", "2026-01-01T00:00:00Z");
        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations()).extracting(Evaluation::station).containsExactly("KJFK");
    }

    @Test
    void refusesStationsBeyondTheirLargestNumber() {
        try (Flow two = new Flow("aerocast.drift.stations.max=2")) {
            for (String station : List.of("A", "B", "C", "D", "A")) {
                observe(two, station, "2013-01-01T00:00:00Z");
            }

            assertThat(two.rows("match-stations")).isEqualTo(2);
            assertThat(two.metrics())
                    .contains("aerocast_match_skipped_total{input=\"observation\",reason=\"too-many-stations\"} 2.0");
        }
    }

    @Test
    void skipsUnreadableRecords() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.pipeBytes(Topics.FORECASTS, "KJFK", "{\"schema\":9}".getBytes(StandardCharsets.UTF_8));
        flow.pipeBytes(Topics.OBSERVATIONS, "KJFK", new byte[] {1, 2, 3});
        flow.forecast(Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5));
        flow.observe("2013-01-02T12:00:00Z", 4.5);

        assertThat(flow.evaluations()).hasSize(1);
        assertThat(flow.metrics())
                .contains("aerocast_records_skipped_total{reason=\"unreadable\",topic=\"aerocast.forecasts.v2\"} 1.0")
                .contains(
                        "aerocast_records_skipped_total{reason=\"unreadable\",topic=\"aerocast.observations.v1\"} 1.0");
    }

    @Test
    void countsForecastsOfUnknownFeaturesAndModels() {
        flow.observe("2013-01-02T11:00:00Z", 4);
        flow.forecast(Flow.forecast("humidity", "blend", "v1", START, ALL, 5));
        flow.forecast(Flow.forecast("temperature", "oracle", "v1", START, ALL, 5));

        assertThat(flow.metrics())
                .contains("aerocast_match_skipped_total{input=\"forecast\",reason=\"unknown-feature\"} 1.0")
                .contains("aerocast_match_skipped_total{input=\"forecast\",reason=\"unknown-model\"} 1.0");
    }

    private static void observe(Flow flow, String station, String time) {
        flow.observe(new Observation("noaa", station, Instant.parse(time), Map.of("temperature", 4.5)));
    }

    /// Horizon, forecast and observed value of each pair.
    private static List<Tuple> pairs(List<Evaluation> evaluations) {
        return evaluations.stream()
                .flatMap(e -> e.pairs().stream().map(pair -> tuple(pair.horizon(), pair.predicted(), e.actual())))
                .toList();
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
