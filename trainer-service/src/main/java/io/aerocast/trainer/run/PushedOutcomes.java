package io.aerocast.trainer.run;

import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.Result;
import io.aerocast.training.judge.Scores;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes the outcome of each training to a Pushgateway, in one group for each pipeline, feature and kind of
/// model, on a thread of its own: if a Pushgateway is down, one line is logged. A push replaces the metrics that
/// it contains and leaves the others, so a failed training leaves the time of the last success.
final class PushedOutcomes implements BatchOutcomes, AutoCloseable {

    static final String JOB = "aerocast-training";

    private static final Logger log = LoggerFactory.getLogger(PushedOutcomes.class);

    private final String address;
    private final Duration timeout;
    private final ExecutorService pushing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("pushgateway").daemon().factory());

    PushedOutcomes(PushgatewayProperties properties) {
        this.address = Objects.requireNonNull(properties.address());
        this.timeout = properties.timeout();
    }

    @Override
    public void push(String pipeline, Outcome outcome, Instant now) {
        PrometheusRegistry registry = registry(outcome, now);
        pushing.execute(() -> send(pipeline, outcome.feature(), outcome.kind(), registry));
    }

    /// Discards outcomes that were not pushed yet.
    @Override
    public void close() {
        pushing.shutdownNow();
    }

    private void send(String pipeline, String feature, String model, PrometheusRegistry registry) {
        try {
            PushGateway.builder()
                    .address(address)
                    .format(Format.PROMETHEUS_TEXT)
                    .job(JOB)
                    .groupingKey("pipeline", pipeline)
                    .groupingKey("feature", feature)
                    .groupingKey("model", model)
                    .connectionTimeout(timeout)
                    .readTimeout(timeout)
                    .registry(registry)
                    .build()
                    .pushAdd();
        } catch (IOException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("pipeline", pipeline)
                    .addKeyValue("feature", feature)
                    .addKeyValue("model", model)
                    .addKeyValue("cause", e.toString())
                    .log("outcome of a training not pushed");
        }
    }

    private static PrometheusRegistry registry(Outcome outcome, Instant now) {
        PrometheusRegistry registry = new PrometheusRegistry();
        double seconds = now.toEpochMilli() / 1e3;
        gauge(
                registry,
                "last_run_timestamp_seconds",
                "Time at which the latest training ended, whatever its verdict",
                seconds);
        GaugeSnapshot.Builder verdict = GaugeSnapshot.builder()
                .name("aerocast_batch_verdict")
                .help("1 for the verdict of the latest training, 0 for the others");
        for (Result result : Result.values()) {
            verdict.dataPoint(point(result == outcome.result() ? 1 : 0, Labels.of("verdict", result.label())));
        }
        register(registry, verdict);
        if (outcome instanceof Judged judged) {
            gauge(registry, "last_success_timestamp_seconds", "Time at which a candidate was last judged", seconds);
            double took = judged.candidate().took().toMillis() / 1e3;
            gauge(registry, "duration_seconds", "Time of its fit and judgement", took);
            judged.measured().ifPresent(scores -> errors(registry, scores));
        }
        return registry;
    }

    private static void errors(PrometheusRegistry registry, Scores scores) {
        gauge(registry, "rmse", "Error of its candidate at the first horizon", scores.rmse());
        gauge(registry, "persistence_rmse", "Error of persistence on the same data", scores.persistenceRmse());
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, double value) {
        register(
                registry,
                GaugeSnapshot.builder()
                        .name("aerocast_batch_" + name)
                        .help(help)
                        .dataPoint(point(value, Labels.EMPTY)));
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static void register(PrometheusRegistry registry, GaugeSnapshot.Builder gauge) {
        GaugeSnapshot snapshot = gauge.build();
        registry.register(() -> snapshot);
    }
}
