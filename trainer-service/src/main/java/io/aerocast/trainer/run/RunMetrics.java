package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.AtHorizon;
import io.aerocast.training.score.ScoreName.Overall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts and times runs, one entry per model.
final class RunMetrics {

    private static final Duration[] TRAINED_WITHIN = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(2)
    };

    private static final String UNKNOWN = "unknown";

    private final Pipelines pipelines;
    private final MeterRegistry meters;
    private final Map<Tags, Instant> lastRetrain = new ConcurrentHashMap<>();
    private final Map<Meter.Id, Double> gate = new ConcurrentHashMap<>();
    private final BatchOutcomes outcomes;

    /// @param pipelines the known ones: a stranger's signal for another one must not create a series
    /// @param earlier records of earlier runs, so that the time of the last training outlives a restart
    /// @param outcomes receives the outcome of each model
    RunMetrics(Pipelines pipelines, MeterRegistry meters, Iterable<RunRecord> earlier, BatchOutcomes outcomes) {
        this.pipelines = pipelines;
        this.meters = meters;
        this.outcomes = outcomes;
        for (RunRecord run : earlier) {
            Instant end = run.finishedAt();
            if (end != null) {
                run.outcomes().stream()
                        .filter(Judged.class::isInstance)
                        .forEach(outcome -> trained(tags(run.signal(), outcome), end));
            }
        }
    }

    /// A model has its outcome.
    void count(RetrainSignal signal, Outcome outcome, Instant now) {
        Tags tags = tags(signal, outcome);
        Counter.builder("aerocast.training.runs")
                .description("Trainings of a model by feature, kind, reason and verdict")
                .tags(tags)
                .tag("reason", signal.reason().label())
                .tag("verdict", outcome.result().label())
                .register(meters)
                .increment();
        gate(outcome, tags);
        if (outcome instanceof Judged judged) {
            Timer.builder("aerocast.training")
                    .description("Time of fit and judgement")
                    .tags(tags)
                    .serviceLevelObjectives(TRAINED_WITHIN)
                    .register(meters)
                    .record(judged.candidate().took());
            trained(tags, now);
        }
        outcomes.push(known(signal.pipeline()), outcome, now);
    }

    private Tags tags(RetrainSignal signal, Outcome outcome) {
        return Tags.of("pipeline", known(signal.pipeline()), "feature", outcome.feature(), "model", outcome.kind());
    }

    private String known(String pipeline) {
        return pipelines.find(pipeline).map(Pipeline::name).orElse(UNKNOWN);
    }

    /// A run was cancelled.
    void cancelled(String pipeline) {
        Counter.builder("aerocast.training.cancelled.runs")
                .description("Runs that a person has cancelled")
                .tag("pipeline", known(pipeline))
                .register(meters)
                .increment();
    }

    private void gate(Outcome outcome, Tags tags) {
        clear(tags);
        outcome.checks()
                .forEach(finding -> gauge(
                        "aerocast.gate.check",
                        "Whether the latest candidate passed a check of the promotion gate, 1 or 0",
                        tags.and("check", finding.check()),
                        finding.passed() ? 1 : 0));
        outcome.values().forEach((name, value) -> gauge(name, value, tags));
    }

    private void gauge(ScoreName name, double value, Tags tags) {
        switch (name) {
            case AtHorizon score -> atHorizon(score, value, tags.and("horizon", String.valueOf(score.horizon())));
            case Overall score -> overall(score, value, tags);
        }
    }

    private void atHorizon(AtHorizon score, double value, Tags tags) {
        switch (score.measure()) {
            case SKILL ->
                gauge("aerocast.gate.skill.ratio", "Skill of the latest candidate against persistence", tags, value);
            case RMSE ->
                gauge(
                        "aerocast.gate.rmse",
                        "Root mean square error on the hold-out, of the latest candidate, its champion and persistence",
                        tags.and("forecaster", score.forecaster().label()),
                        value);
            case MAE, COUNT, COVERAGE, WINKLER -> {
                // In the record alone.
            }
        }
    }

    private void overall(Overall score, double value, Tags tags) {
        switch (score) {
            case P_VALUE ->
                gauge(
                        "aerocast.gate.p.value",
                        "Probability that the latest candidate is better by chance",
                        tags,
                        value);
            case E_VALUE -> gauge("aerocast.gate.e.value", "Evidence that the latest candidate is better", tags, value);
            case CALM_SKILL ->
                gauge(
                        "aerocast.gate.calm.skill.ratio",
                        "Skill of the latest candidate against persistence on the calm hold-out",
                        tags,
                        value);
            case CALM_RATIO ->
                gauge(
                        "aerocast.gate.calm.ratio",
                        "Error of the latest candidate over the champion's on the calm hold-out",
                        tags,
                        value);
            case SUSPECT_SHARE ->
                gauge("aerocast.gate.suspect.ratio", "Fraction of the recent readings that is suspect", tags, value);
            case VARIANCE_RATIO,
                    POOLED_RATIO,
                    POOLED_SKILL,
                    POOLED_COVERAGE,
                    DM_STATISTIC,
                    CALM_COUNT,
                    CALM_DAYS,
                    CALM_P_VALUE -> {
                // In the record alone.
            }
        }
    }

    /// Suspect readings in the data of a run.
    void suspect(String pipeline, Quality quality) {
        for (FeatureQuality feature : quality.features()) {
            suspect(pipeline, feature, "spike", feature.spikes());
            suspect(pipeline, feature, "stuck", feature.stuck());
            suspect(pipeline, feature, "step", feature.steps());
            suspect(pipeline, feature, "offset", feature.offsets());
        }
    }

    private void suspect(String pipeline, FeatureQuality feature, String kind, int readings) {
        gauge(
                "aerocast.suspect.readings",
                "Readings that the latest training flagged as suspect, by kind",
                Tags.of("pipeline", pipeline, "feature", feature.feature(), "kind", kind),
                readings);
    }

    /// Clears the measurements of an earlier candidate: `NaN` until the next one is measured.
    private void clear(Tags tags) {
        gate.replaceAll((id, value) -> tags.stream().allMatch(id.getTags()::contains) ? Double.NaN : value);
    }

    /// A gauge that shows the latest value.
    private void gauge(String name, String description, Tags tags, double value) {
        Meter.Id id = new Meter.Id(name, tags, null, description, Meter.Type.GAUGE);
        if (gate.put(id, value) == null) {
            Gauge.builder(name, () -> gate.getOrDefault(id, Double.NaN))
                    .description(description)
                    .tags(tags)
                    .register(meters);
        }
    }

    private void trained(Tags tags, Instant at) {
        Instant before = lastRetrain.putIfAbsent(tags, at);
        if (before == null) {
            Gauge.builder("aerocast.last.retrain.timestamp", () -> seconds(tags))
                    .description("Time at which a model was last trained, promoted or not")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(meters);
        } else if (at.isAfter(before)) {
            lastRetrain.put(tags, at);
        }
    }

    private double seconds(Tags tags) {
        return lastRetrain.getOrDefault(tags, Instant.EPOCH).toEpochMilli() / 1000.0;
    }
}
