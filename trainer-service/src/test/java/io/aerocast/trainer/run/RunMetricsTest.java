package io.aerocast.trainer.run;

import static io.aerocast.trainer.record.Examples.SIGNAL;
import static io.aerocast.trainer.record.Examples.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import io.aerocast.training.score.Finding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    private static final Pipelines PIPELINES = Pipelines.builtIn();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theTimeOfTheLastTrainingOutlivesARestart() {
        RunRecord run = Examples.started().with(Examples.proven());

        new RunMetrics(
                PIPELINES,
                meters,
                List.of(run.finished(TIME.plusSeconds(9)), run.finished(TIME.plusSeconds(5)), run),
                BatchOutcomes.none());

        assertThat(meters.get("aerocast.last.retrain.timestamp")
                        .tag("model", "gru")
                        .gauge()
                        .value())
                .isEqualTo(TIME.getEpochSecond() + 9);
    }

    @Test
    void theGateIsMeasuredWhateverItDecides() {
        RunMetrics metrics = new RunMetrics(PIPELINES, meters, List.of(), BatchOutcomes.none());

        metrics.count(SIGNAL, Examples.held(), TIME);
        metrics.count(SIGNAL, Examples.held(), TIME);

        assertThat(gauge("aerocast.gate.check", "check", "champion")).isOne();
        assertThat(gauge("aerocast.gate.check", "check", "calm")).isZero();
        assertThat(gauge("aerocast.gate.p.value", "model", "gru")).isEqualTo(0.01);
        assertThat(gauge("aerocast.gate.e.value", "model", "gru")).isEqualTo(22);
        assertThat(gauge("aerocast.gate.calm.skill.ratio", "model", "gru")).isEqualTo(0.4);
        assertThat(gauge("aerocast.gate.calm.ratio", "model", "gru")).isEqualTo(1.01);
        assertThat(gauge("aerocast.gate.suspect.ratio", "model", "gru")).isEqualTo(0.01);
        assertThat(gauge("aerocast.gate.skill.ratio", "horizon", "24")).isEqualTo(0.2);
        assertThat(rmse("candidate")).isEqualTo(3.0);
        assertThat(rmse("champion")).isEqualTo(4.0);
        assertThat(rmse("persistence")).isEqualTo(3.5);
    }

    @Test
    void suspectReadingsAreTheLatestOnes() {
        RunMetrics metrics = new RunMetrics(PIPELINES, meters, List.of(), BatchOutcomes.none());

        metrics.suspect("sim", new Quality(List.of(new FeatureQuality("temperature", 100, 7, 2, 3, 1))));
        metrics.suspect("sim", new Quality(List.of(new FeatureQuality("temperature", 100, 1, 2, 3, 4))));

        assertThat(gauge("aerocast.suspect.readings", "kind", "spike")).isOne();
        assertThat(gauge("aerocast.suspect.readings", "kind", "offset")).isEqualTo(4);
    }

    @Test
    void aVetoLeavesNothingOfTheCandidateBefore() {
        RunMetrics metrics = new RunMetrics(PIPELINES, meters, List.of(), BatchOutcomes.none());
        metrics.count(SIGNAL, Examples.held(), TIME);

        metrics.count(
                SIGNAL,
                new Vetoed(Examples.FEATURE, "gru", TIME, List.of(new Finding("data", false, "it is stuck")), 0.4),
                TIME);

        assertThat(gauge("aerocast.gate.check", "check", "data")).isZero();
        assertThat(gauge("aerocast.gate.suspect.ratio", "model", "gru")).isEqualTo(0.4);
        assertThat(gauge("aerocast.gate.check", "check", "champion")).isNaN();
        assertThat(gauge("aerocast.gate.p.value", "model", "gru")).isNaN();
        assertThat(gauge("aerocast.gate.skill.ratio", "horizon", "24")).isNaN();
    }

    private double rmse(String forecaster) {
        return meters.get("aerocast.gate.rmse")
                .tag("forecaster", forecaster)
                .tag("horizon", "24")
                .gauge()
                .value();
    }

    private double gauge(String name, String tag, String value) {
        return meters.get(name).tag("pipeline", "sim").tag(tag, value).gauge().value();
    }
}
