package io.aerocast.drift.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Fault;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.ModelKinds;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectTest {

    private static final int CALM = 600;

    private final Flow flow = new Flow();
    private final Random random = new Random(3);

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void anEpisodeOfDriftRaisesOneSignal() {
        evaluate("KJFK", 0, CALM, 0.3);
        assertThat(flow.changes()).extracting(r -> r.value().to()).doesNotContain(DriftState.DRIFT);
        drift("KJFK", CALM, 300);

        var changes = flow.changes();
        assertThat(changes).extracting(TestRecord::key).containsOnly("noaa/KJFK/temperature");
        DriftChanged drift = changes.stream()
                .map(TestRecord::value)
                .filter(change -> change.to() == DriftState.DRIFT)
                .findFirst()
                .orElseThrow();
        assertThat(drift.feature()).isEqualTo("temperature");
        var signals = flow.signals();
        assertThat(signals).hasSize(1);
        assertThat(signals.getFirst().key()).isEqualTo("noaa");
        RetrainSignal signal = signals.getFirst().value();
        assertThat(signal.id()).startsWith("drift-noaa-KJFK-").matches("[A-Za-z0-9._-]+");
        assertThat(signal.reason()).isEqualTo(RetrainReason.DRIFT);
        assertThat(signal.station()).isEqualTo("KJFK");
        assertThat(signal.feature()).isEqualTo("temperature");
        assertThat(signal.changedSince()).isEqualTo(drift.changedSince());
        assertThat(signal.note()).isEqualTo(drift.reason());
        assertThat(signal.evidence()).containsAllEntriesOf(drift.evidence()).containsEntry("stations", 0.0);
        assertThat(flow.metrics())
                .contains("aerocast_drift_state{feature=\"temperature\",pipeline=\"noaa\",state=\"drift\","
                        + "station=\"KJFK\"} 1.0")
                .contains("aerocast_drift_state{feature=\"temperature\",pipeline=\"noaa\",state=\"calm\","
                        + "station=\"KJFK\"} 0.0")
                .contains("aerocast_drift_episodes_total{feature=\"temperature\",pipeline=\"noaa\"} 1.0")
                .contains("aerocast_retrain_signals_total{feature=\"temperature\",pipeline=\"noaa\","
                        + "reason=\"drift\"} 1.0");
        assertThat(flow.healthFacts()).isEqualTo(Map.of("drift", Map.of("noaa/KJFK", "drift")));
    }

    @Test
    void aRepeatedOrLateEvaluationLeavesTheStateUnchanged() {
        evaluate("KJFK", 0, 50, 0.3);
        Map<String, String> rows = flow.rows();

        for (int hour = 0; hour < 50; hour++) {
            flow.evaluate(Flow.evaluation("KJFK", "v1", hour, 9));
        }

        assertThat(flow.rows()).isEqualTo(rows);
    }

    @Test
    void refusedReadingsOfAWatchedStationAreAFault() {
        evaluate("KJFK", 0, 50, 0.3);
        for (int hour = 50; hour < 53; hour++) {
            Instant at = Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
            flow.refuse(new Observation("noaa", "KJFK", at, Map.of("temperature", 68.0)));
        }

        assertThat(flow.changes()).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo("noaa/KJFK/temperature");
            assertThat(change.value().fault()).isEqualTo(Fault.UNIT_CHANGE);
        });
        assertThat(flow.signals()).isEmpty();
    }

    /// After a calm time every third reading arrives, and no forecast reaches it.
    @Test
    void readingsThatNoForecastReachesAreCounted() {
        evaluate("KJFK", 0, 1, 0.3);
        for (int hour = 1; hour < 300; hour++) {
            observe(hour);
        }
        for (int hour = 300; hour < 400; hour += 3) {
            observe(hour);
        }

        assertThat(flow.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.value().fault()).isEqualTo(Fault.DROPOUT));
        assertThat(flow.signals()).isEmpty();
    }

    private void observe(int hour) {
        flow.observe(
                Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour).toString(), 5);
    }

    /// Refused observations of stations that never sent an accepted one, and of unknown pipelines and features.
    @Test
    void refusedReadingsOfOthersLeaveNoState() {
        evaluate("KJFK", 0, 50, 0.3);
        Map<String, String> rows = flow.rows();
        for (int i = 0; i < 50; i++) {
            Instant at = Instant.parse("2013-01-03T02:00:00Z").plusSeconds(3600L * i);
            flow.refuse(new Observation("noaa", "GHOST" + i % 5, at, Map.of("temperature", 999.0)));
            flow.refuse(new Observation("mars", "KJFK", at, Map.of("temperature", 999.0)));
            flow.refuse(new Observation("noaa", "KJFK", at, Map.of("humidity", 999.0)));
        }

        assertThat(flow.rows()).isEqualTo(rows);
        assertThat(flow.changes()).isEmpty();
    }

    @Test
    void eachFeatureHasItsOwnState() {
        evaluate("KJFK", 0, 3, 0.3);
        flow.evaluate(Flow.evaluation("KJFK", "windspeed", "v1", 0, 0.1));

        assertThat(flow.stations().get("noaa/KJFK").states())
                .isEqualTo(Map.of("temperature", DriftState.CALM, "windspeed", DriftState.CALM));
    }

    /// Reports with times far in the future, and reports without a time, that claim errors of 30 degrees: for a
    /// station that is observed, and for one that never sent a reading.
    @Test
    void reportsCannotMakeAStationDrift() {
        evaluate("KJFK", 0, 50, 0.3);
        flow.evaluate(Flow.reported("KJFK", null, 0.1));
        Map<String, String> rows = flow.rows();
        Set<Meter.Id> meters = flow.meters();

        for (String station : List.of("KJFK", "GHOST")) {
            for (int i = 0; i < 160; i++) {
                Instant future = Instant.parse("2199-01-01T00:00:00Z").plusSeconds(3600L * i);
                flow.evaluate(Flow.reported(station, future, i < 100 ? 0.1 : 30));
            }
            for (int i = 0; i < 174; i++) {
                flow.evaluate(Flow.reported(station, null, i < 100 ? 0.1 : 30));
            }
        }

        assertThat(flow.changes()).isEmpty();
        assertThat(flow.signals()).isEmpty();
        assertThat(flow.rows()).isEqualTo(rows);
        assertThat(flow.meters()).isEqualTo(meters);
    }

    @Test
    void inventedStationsLeaveNoTrace() {
        evaluate("KJFK", 0, 50, 0.3);
        flow.evaluate(Flow.reported("KJFK", null, 0.1));
        flow.forecast(invented("GHOST"));
        Map<String, String> rows = flow.rows();
        Set<Meter.Id> meters = flow.meters();

        for (int i = 0; i < 34_000; i++) {
            flow.evaluate(Flow.reported("GHOST-" + i, null, 0.1));
            if (i % 10 == 0) {
                flow.forecast(invented("GHOST-" + i));
            }
        }

        assertThat(flow.rows()).isEqualTo(rows);
        assertThat(flow.meters()).isEqualTo(meters);
        assertThat(flow.metrics())
                .contains("aerocast_match_skipped_total{input=\"forecast\",reason=\"unobserved-station\"} 3401.0")
                .contains("aerocast_evaluations_total{pipeline=\"noaa\",source=\"reported\"} 34001.0");
    }

    private static Forecast invented(String station) {
        Forecast f = Flow.forecast("v1", "2013-01-02T11:00:00Z", 1, 5);
        return new Forecast(
                f.pipeline(),
                station,
                f.feature(),
                f.model(),
                f.modelVersion(),
                f.origin(),
                f.horizons(),
                f.value(),
                f.lower(),
                f.upper(),
                f.persistence(),
                false);
    }

    @Test
    void stationsThatDriftTogetherRaiseOneSignalWhichCountsTheOthers() {
        evaluate("KJFK", 0, CALM, 0.3);
        evaluate("KLGA", 0, CALM, 0.3);
        assertThat(flow.changes()).extracting(r -> r.value().to()).doesNotContain(DriftState.DRIFT);
        drift("KJFK", CALM, 96);
        drift("KLGA", CALM, 96);

        assertThat(flow.changes())
                .filteredOn(change -> change.value().to() == DriftState.DRIFT)
                .extracting(TestRecord::key)
                .containsExactly("noaa/KJFK/temperature", "noaa/KLGA/temperature");
        assertThat(flow.signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.value().evidence())
                        .containsEntry("stations", 1.0)
                        .containsEntry("witnesses", 0.0));
    }

    /// KLGA is heard more than 30 days after the last observation of KJFK arrived.
    @Test
    void aForgottenStationLeavesNoStateAndNoSeries() {
        evaluate("KJFK", 0, CALM, 0.3);
        drift("KJFK", CALM, 96);
        assertThat(flow.changes().getLast().value().to()).isEqualTo(DriftState.DRIFT);

        flow.pass(Duration.ofDays(31));
        evaluate("KLGA", CALM + 96, 1, 0.3);

        assertThat(flow.changes()).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo("noaa/KJFK/temperature");
            assertThat(change.value().to()).isEqualTo(DriftState.CALM);
            assertThat(change.value().reason())
                    .isEqualTo("KJFK has been silent for more than PT720H; its state is dropped.");
        });
        assertThat(flow.stations().get("noaa/KJFK")).isNull();
        assertThat(flow.rows()).doesNotContainKey("signal-witnesses noaa/temperature/KJFK");
        assertThat(flow.metrics()).contains("station=\"KLGA\"").doesNotContain("station=\"KJFK\"");
    }

    /// KLGA is live, ten years ahead of the replay of KJFK.
    @Test
    void aLiveStationLeavesTheStateOfAReplayedOne() {
        evaluate("KJFK", 0, 24, 0.3);
        WatchedStation before = flow.stations().get("noaa/KJFK");

        evaluate("KLGA", 10 * 365 * 24, 1, 0.3);

        assertThat(flow.stations().get("noaa/KJFK")).isEqualTo(before);
    }

    @Test
    void stationsBeyondThePublishedOnesHaveStateButNoSeries() {
        try (Flow one = new Flow("aerocast.drift.stations.published=1")) {
            one.evaluate(Flow.evaluation("A", "v1", 0, 0.3));
            one.evaluate(Flow.evaluation("B", "v1", 0, 0.3));

            assertThat(one.stations().get("noaa/B")).isNotNull();
            assertThat(one.metrics())
                    .contains("station=\"A\"")
                    .doesNotContain("station=\"B\"")
                    .contains("aerocast_drift_stations_unpublished 1.0");
        }
    }

    @Test
    void publishesTheAccuracyOfEachKindOfModel() {
        Evaluation blend = Flow.evaluation("KJFK", "v1", 1, 3);
        flow.evaluate(blend);
        flow.evaluate(of("seasonal", blend.pairs()));

        for (String model : List.of(ModelKinds.BLEND, "seasonal")) {
            assertThat(flow.metrics())
                    .contains("aerocast_forecast_rmse{feature=\"temperature\",horizon=\"24\",model=\"" + model
                            + "\",pipeline=\"noaa\",station=\"KJFK\"} 3.0");
        }
    }

    private static Evaluation of(String model, List<Pair> pairs) {
        return new Evaluation(
                "noaa",
                "KJFK",
                "temperature",
                model,
                Instant.parse("2013-01-01T01:00:00Z"),
                pairs.getFirst().predicted() + 3,
                EvaluationSource.MATCHED,
                null,
                pairs);
    }

    /// All forecasts are two degrees too low.
    private void drift(String station, int from, int count) {
        for (int hour = from; hour < from + count; hour++) {
            flow.evaluate(Flow.evaluation(station, "v1", hour, 2 + 0.3 * random.nextDouble(-1, 1)));
        }
    }

    /// Errors are uniform, so that no single one of them looks like drift.
    private void evaluate(String station, int from, int count, double scale) {
        for (int hour = from; hour < from + count; hour++) {
            flow.evaluate(Flow.evaluation(station, "v1", hour, scale * random.nextDouble(-1, 1)));
        }
    }
}
