package io.aerocast.trainer.run;

import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes the outcome of each training to a Pushgateway, in one group per pipeline and kind of model, on a thread of
/// its own: a Pushgateway that is away costs a line in the log. A push replaces what it says anew and leaves the rest,
/// so that a failed training leaves the time of the last success.
final class PushedOutcomes implements BatchOutcomes, AutoCloseable {

    static final String JOB = "aerocast-training";

    private static final Logger log = LoggerFactory.getLogger(PushedOutcomes.class);
    private static final List<String> VERDICTS = List.of(ModelRun.PROMOTED, "held", ModelRun.FAILED);

    private final String address;
    private final Duration timeout;
    private final ExecutorService pushing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("pushgateway").daemon().factory());

    PushedOutcomes(PushgatewayProperties properties) {
        this.address = Objects.requireNonNull(properties.address());
        this.timeout = properties.timeout();
    }

    @Override
    public void push(String pipeline, ModelRun model, Instant now) {
        PrometheusRegistry outcome = outcome(model, now);
        pushing.execute(() -> send(pipeline, model.model(), outcome));
    }

    /// What was not pushed yet is given up.
    @Override
    public void close() {
        pushing.shutdownNow();
    }

    private void send(String pipeline, String model, PrometheusRegistry outcome) {
        try {
            PushGateway.builder()
                    .address(address)
                    .format(Format.PROMETHEUS_TEXT)
                    .job(JOB)
                    .groupingKey("pipeline", pipeline)
                    .groupingKey("model", model)
                    .connectionTimeout(timeout)
                    .readTimeout(timeout)
                    .registry(outcome)
                    .build()
                    .pushAdd();
        } catch (IOException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("model", model)
                    .addKeyValue("cause", e.toString())
                    .log("outcome of a training not pushed");
        }
    }

    private static PrometheusRegistry outcome(ModelRun model, Instant now) {
        PrometheusRegistry outcome = new PrometheusRegistry();
        double seconds = now.toEpochMilli() / 1e3;
        gauge(outcome, "last_run_timestamp_seconds", "When the latest training ended, however", seconds);
        GaugeSnapshot.Builder verdict = GaugeSnapshot.builder()
                .name("aerocast_batch_verdict")
                .help("1 for the verdict of the latest training, 0 for the others");
        VERDICTS.forEach(v -> verdict.dataPoint(point(v.equals(model.verdict()) ? 1 : 0, Labels.of("verdict", v))));
        register(outcome, verdict);
        if (model.fitted()) {
            gauge(outcome, "last_success_timestamp_seconds", "When a training last came to a judgement", seconds);
            gauge(
                    outcome,
                    "duration_seconds",
                    "Time of its fit and judgement",
                    model.took().toMillis() / 1e3);
            model.rmseAtFirstHorizon("")
                    .ifPresent(rmse -> gauge(outcome, "rmse", "Error of its candidate at the first horizon", rmse));
            model.rmseAtFirstHorizon("persistence.")
                    .ifPresent(
                            rmse -> gauge(outcome, "persistence_rmse", "Error of persistence on the same data", rmse));
        }
        return outcome;
    }

    private static void gauge(PrometheusRegistry outcome, String name, String help, double value) {
        register(
                outcome,
                GaugeSnapshot.builder()
                        .name("aerocast_batch_" + name)
                        .help(help)
                        .dataPoint(point(value, Labels.EMPTY)));
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static void register(PrometheusRegistry outcome, GaugeSnapshot.Builder gauge) {
        GaugeSnapshot snapshot = gauge.build();
        outcome.register(() -> snapshot);
    }
}
