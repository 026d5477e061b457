package io.aerocast.drift.streams;

import static io.aerocast.event.EvaluationSource.MATCHED;
import static io.aerocast.event.EvaluationSource.REPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectTest {

    private static final int CALM = 150;

    private final Flow flow = new Flow();
    private final Random random = new Random(3);

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void anEpisodeRaisesOneSignal() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        assertThat(flow.changes()).isEmpty();
        evaluate("KJFK", CALM, 300, 1.5, MATCHED);

        var changes = flow.changes();
        assertThat(changes).extracting(TestRecord::key).containsOnly("noaa/KJFK");
        assertThat(changes).extracting(r -> r.value().to()).containsExactly(DriftState.WARNING, DriftState.DRIFT);
        DriftChanged drift = changes.getLast().value();
        var signals = flow.signals();
        assertThat(signals).hasSize(1);
        assertThat(signals.getFirst().key()).isEqualTo("noaa");
        RetrainSignal signal = signals.getFirst().value();
        assertThat(signal.id())
                .isEqualTo("drift-noaa-KJFK-" + drift.changedSince().toString().replace(':', '-') + "-v1");
        assertThat(signal.reason()).isEqualTo(RetrainReason.DRIFT);
        assertThat(signal.station()).isEqualTo("KJFK");
        assertThat(signal.changedSince()).isEqualTo(drift.changedSince());
        assertThat(signal.note()).isEqualTo(drift.reason());
        assertThat(signal.evidence())
                .containsKeys("referenceError", "recentError", "statistic", "observationsSinceChange");
        assertThat(flow.metrics())
                .contains("aerocast_drift_state{pipeline=\"noaa\",state=\"drift\",station=\"KJFK\"} 1.0")
                .contains("aerocast_drift_state{pipeline=\"noaa\",state=\"calm\",station=\"KJFK\"} 0.0")
                .contains("aerocast_drift_episodes_total{pipeline=\"noaa\"} 1.0")
                .contains("aerocast_retrain_signals_total{pipeline=\"noaa\",reason=\"drift\"} 1.0");
        assertThat(flow.healthFacts()).isEqualTo(Map.of("drift", Map.of("noaa/KJFK", "drift")));
    }

    /// The second evaluation of each pair must not count: 99 pairs are not enough to learn the reference.
    @Test
    void anEvaluationBothMatchedAndReportedCountsOnce() {
        for (int hour = 0; hour < 99; hour++) {
            double error = 0.3 * random.nextGaussian();
            flow.evaluate(Flow.evaluation("KJFK", "v1", hour, error, hour % 2 == 0 ? MATCHED : REPORTED));
            flow.evaluate(Flow.evaluation("KJFK", "v1", hour, error, hour % 2 == 0 ? REPORTED : MATCHED));
        }
        assertThat(referenceIsLearnt()).isFalse();

        flow.evaluate(Flow.evaluation("KJFK", "v1", 99, 0.2, MATCHED));
        assertThat(referenceIsLearnt()).isTrue();
        assertThat(flow.metrics())
                .contains("aerocast_evaluations_total{pipeline=\"noaa\",source=\"matched\"} 100.0")
                .contains("aerocast_evaluations_total{pipeline=\"noaa\",source=\"reported\"} 99.0");
    }

    @Test
    void reportedEvaluationsCountIfNoneAreMatched() {
        evaluate("KJFK", 0, CALM, 0.3, REPORTED);
        evaluate("KJFK", CALM, 60, 1.5, REPORTED);

        assertThat(flow.signals()).hasSize(1);
    }

    /// Each hour is matched, and also reported by a client without target time and forecast identity.
    @Test
    void aReportThatMayRepeatAMatchedEvaluationDoesNotCount() {
        for (int hour = 0; hour < 60; hour++) {
            Evaluation e = Flow.evaluation("KJFK", "v1", hour, 0.3 * random.nextGaussian(), MATCHED);
            flow.evaluate(e);
            flow.evaluate(new Evaluation(
                    null, "noaa", "KJFK", "gru", "unknown", null, 1, e.predicted(), e.actual(), null, REPORTED));
        }

        assertThat(referenceIsLearnt()).isFalse();
    }

    @Test
    void aReportFromTheFarFutureDoesNotStopTheDetection() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        evaluate("KJFK", 1_000_000, 100, 0.3, REPORTED);
        evaluate("KJFK", CALM, 60, 1.5, MATCHED);

        assertThat(flow.signals()).hasSize(1);
    }

    @Test
    void judgesOnlyTheFirstHorizonOfTheWatchedKindOfModel() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        for (int hour = CALM; hour < CALM + 100; hour++) {
            Evaluation e = Flow.evaluation("KJFK", "v1", hour, 9, MATCHED);
            flow.evaluate(copy(e, "seasonal", 1));
            flow.evaluate(copy(e, "gru", 6));
        }

        assertThat(flow.changes()).isEmpty();
    }

    @Test
    void stationsThatDriftTogetherRaiseOneSignal() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        evaluate("KLGA", 0, CALM, 0.3, MATCHED);
        evaluate("KJFK", CALM, 60, 1.5, MATCHED);
        evaluate("KLGA", CALM, 60, 1.5, MATCHED);

        assertThat(flow.changes())
                .extracting(TestRecord::key)
                .containsExactly("noaa/KJFK", "noaa/KJFK", "noaa/KLGA", "noaa/KLGA");
        assertThat(flow.signals()).hasSize(1);
    }

    @Test
    void aNewModelThatIsNoBetterRaisesAnotherSignalAfterTheCoolDown() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        evaluate("KJFK", CALM, 40, 1.5, MATCHED);
        assertThat(flow.signals()).hasSize(1);

        for (int hour = CALM + 40; hour < CALM + 120; hour++) {
            flow.evaluate(Flow.evaluation("KJFK", "v2", hour, 1.5 * random.nextGaussian(), MATCHED));
        }

        assertThat(flow.signals())
                .extracting(r -> r.value().id())
                .singleElement()
                .asString()
                .endsWith("-v2");
    }

    /// A forecast of version 1 is reported after version 2 has taken over.
    @Test
    void aLateEvaluationDoesNotRestoreThePreviousVersion() {
        evaluate("KJFK", 0, CALM, 0.3, MATCHED);
        flow.evaluate(Flow.evaluation("KJFK", "v2", CALM + 1, 0.3, MATCHED));

        flow.evaluate(Flow.evaluation("KJFK", "v1", CALM, 0.3, REPORTED));

        assertThat(flow.row("detect-stations", "noaa/KJFK")).contains("version=v2, reference");
    }

    @Test
    void publishesTheErrorOfModelsBesidePersistence() {
        flow.evaluate(Flow.evaluation("KJFK", "v1", 1, 3, MATCHED));
        flow.evaluate(Flow.evaluation("KJFK", "v1", 2, -4, MATCHED));

        assertThat(flow.metrics())
                .contains("aerocast_forecast_rmse{model=\"gru\",pipeline=\"noaa\",station=\"KJFK\"} "
                        + Math.sqrt((9 + 16) / 2.0))
                .contains("aerocast_persistence_rmse{model=\"gru\",pipeline=\"noaa\",station=\"KJFK\"}");
    }

    private boolean referenceIsLearnt() {
        return flow.row("detect-stations", "noaa/KJFK").contains("DetectorState[state=CALM")
                && !flow.row("detect-stations", "noaa/KJFK").contains("reference=null");
    }

    private void evaluate(String station, int from, int count, double scale, EvaluationSource source) {
        for (int hour = from; hour < from + count; hour++) {
            flow.evaluate(Flow.evaluation(station, "v1", hour, scale * random.nextGaussian(), source));
        }
    }

    private static Evaluation copy(Evaluation e, String model, int horizon) {
        return new Evaluation(
                e.forecastId() + model + horizon,
                e.pipeline(),
                e.station(),
                model,
                e.modelVersion(),
                e.target(),
                horizon,
                e.predicted(),
                e.actual(),
                e.persistence(),
                e.source());
    }
}
