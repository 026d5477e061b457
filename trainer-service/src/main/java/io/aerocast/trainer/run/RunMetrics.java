package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts and times runs, one entry per kind of model.
final class RunMetrics {

    private static final Pattern RMSE =
            Pattern.compile("(?:(?<forecaster>champion|persistence)\\.)?rmse\\.h(?<horizon>\\d+)");
    private static final Duration[] TRAINED_WITHIN = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(2)
    };

    private final MeterRegistry meters;
    private final Map<Tags, Instant> lastRetrain = new ConcurrentHashMap<>();
    private final Map<Meter.Id, Double> gate = new ConcurrentHashMap<>();
    private final BatchOutcomes outcomes;

    /// @param earlier records of earlier runs: the time of the last training outlives a restart
    /// @param outcomes are told what became of each kind of model
    RunMetrics(MeterRegistry meters, Iterable<RunRecord> earlier, BatchOutcomes outcomes) {
        this.meters = meters;
        this.outcomes = outcomes;
        for (RunRecord run : earlier) {
            Instant end = run.finishedAt();
            if (end != null) {
                run.models().stream()
                        .filter(ModelRun::fitted)
                        .forEach(model -> trained(run.signal().pipeline(), model.model(), end));
            }
        }
    }

    /// One kind of model is through.
    void count(RetrainSignal signal, ModelRun model, Instant now) {
        Tags tags = Tags.of("pipeline", signal.pipeline(), "model", model.model());
        Counter.builder("aerocast.training.runs")
                .description("Training runs by kind of model, reason and verdict")
                .tags(tags)
                .tag("reason", signal.reason().label())
                .tag("verdict", model.verdict())
                .register(meters)
                .increment();
        forget(tags);
        model.checks()
                .forEach(check -> gauge(
                        "aerocast.gate.check",
                        "Whether the latest candidate passed a check of the promotion gate, 1 or 0",
                        tags.and("check", check.check()),
                        check.passed() ? 1 : 0));
        measured(
                model, "p.value", "aerocast.gate.p.value", "How likely the latest candidate is better by chance", tags);
        measured(model, "e.value", "aerocast.gate.e.value", "Evidence that the latest candidate is better", tags);
        measured(model, "calm.skill", "aerocast.gate.calm.skill.ratio", "Its skill on the calm", tags);
        measured(model, "calm.ratio", "aerocast.gate.calm.ratio", "Its error over the champion's on the calm", tags);
        measured(model, "suspect.share", "aerocast.gate.suspect.ratio", "Part of the readings that is suspect", tags);
        model.metrics().forEach((name, value) -> score(name, value, tags));
        if (model.fitted()) {
            Timer.builder("aerocast.training")
                    .description("Time of fit and judgement")
                    .tags(tags)
                    .serviceLevelObjectives(TRAINED_WITHIN)
                    .register(meters)
                    .record(model.took());
            trained(signal.pipeline(), model.model(), now);
        }
        outcomes.push(signal.pipeline(), model, now);
    }

    /// What is suspect in the readings that a run learns from.
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
                "Readings that the latest training flagged, by what they look like",
                Tags.of("pipeline", pipeline, "feature", feature.feature(), "kind", kind),
                readings);
    }

    /// @param name such as `skill.h1` or `champion.rmse.h24`
    private void score(String name, double value, Tags tags) {
        Matcher rmse = RMSE.matcher(name);
        if (name.startsWith("skill.h")) {
            gauge(
                    "aerocast.gate.skill.ratio",
                    "Skill of the latest candidate against persistence",
                    tags.and("horizon", name.substring("skill.h".length())),
                    value);
        } else if (rmse.matches()) {
            String forecaster = rmse.group("forecaster");
            gauge(
                    "aerocast.gate.rmse",
                    "Root mean square error on the hold-out, of the latest candidate, its champion and persistence",
                    tags.and(
                            "forecaster",
                            forecaster == null ? "candidate" : forecaster,
                            "horizon",
                            rmse.group("horizon")),
                    value);
        }
    }

    /// What an earlier candidate showed is not the latest one's: `NaN` until it is measured again.
    private void forget(Tags tags) {
        gate.replaceAll((id, value) -> tags.stream().allMatch(id.getTags()::contains) ? Double.NaN : value);
    }

    private void measured(ModelRun model, String metric, String name, String description, Tags tags) {
        Double value = model.metrics().get(metric);
        if (value != null) {
            gauge(name, description, tags, value);
        }
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

    private void trained(String pipeline, String kind, Instant at) {
        Tags tags = Tags.of("pipeline", pipeline, "model", kind);
        Instant before = lastRetrain.putIfAbsent(tags, at);
        if (before == null) {
            Gauge.builder("aerocast.last.retrain.timestamp", () -> seconds(tags))
                    .description("When a model was last trained, promoted or not")
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
