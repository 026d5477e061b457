package io.aerocast.trainer.track;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Environment;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.Result;
import io.aerocast.trainer.record.Outcome.WithoutCandidate;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Attempt;
import io.aerocast.trainer.record.RunRecord.Part;
import io.aerocast.trainer.track.TrackedRun.Metric;
import io.aerocast.trainer.track.TrackedRun.Source;
import io.aerocast.trainer.track.TrackedRun.State;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.AtHorizon;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the [TrackedRun] of a model's outcome.
///
/// @param outcome one of the run's
/// @param contract the run's
record TrackedRunView(RunRecord run, Outcome outcome, PipelineContract contract) {

    TrackedRun view() {
        RetrainSignal signal = run.signal();
        return new TrackedRun(
                TrackedRun.key(run.id(), label()),
                name(),
                signal.pipeline(),
                outcome.feature(),
                contract.registeredAs(signal.pipeline(), outcome.feature()),
                outcome.kind(),
                signal.reason(),
                signal.id(),
                note(),
                outcome.result() == Result.FAILED ? State.FAILED : State.FINISHED,
                startedAt(),
                outcome.endedAt(),
                version(),
                outcome.result().label(),
                outcome.measured().map(Scores::championVersion).orElse(null),
                tags(),
                parameters(),
                metrics(),
                datasets(),
                outcome instanceof Judged judged ? Map.of(VerdictDocument.NAME, VerdictDocument.of(judged)) : Map.of());
    }

    private String label() {
        return run.label(outcome);
    }

    private Instant startedAt() {
        return switch (outcome) {
            case Judged judged -> judged.candidate().startedAt();
            case WithoutCandidate _ -> run.startedAt();
        };
    }

    private @Nullable String version() {
        return switch (outcome) {
            case Judged judged -> judged.candidate().version();
            case WithoutCandidate _ -> null;
        };
    }

    private String name() {
        String version = version();
        return "%s %s %s"
                .formatted(
                        label(),
                        version == null ? outcome.result().label() : version,
                        run.signal().reason().label());
    }

    /// Markdown, as MLflow's page shows it.
    private String note() {
        RetrainSignal signal = run.signal();
        StringBuilder note = new StringBuilder();
        note.append("**Why:** %s%s: %s\n\n"
                .formatted(
                        signal.reason().label(),
                        signal.station() == null ? "" : " at " + signal.station(),
                        signal.note()));
        note.append("**Verdict:** %s%s\n"
                .formatted(
                        outcome.result().label(),
                        outcome instanceof Judged judged && judged.candidate().recurs()
                                ? ", an earlier champion without another training"
                                : ""));
        outcome.reasons().forEach(reason -> note.append("\n- ").append(reason));
        return note.toString();
    }

    private Map<String, String> tags() {
        Attempt attempt = run.reachedIn(label());
        Environment environment = attempt.environment();
        Map<String, String> tags = new TreeMap<>();
        tags.put("attempt", String.valueOf(attempt.number()));
        tags.put("java", environment.java());
        tags.put("os", environment.os());
        tags.put("build", environment.build());
        if (outcome instanceof Judged judged && judged.candidate().fittedIn() != null) {
            tags.put("fitted-in", judged.candidate().fittedIn());
        }
        if (environment.commit() != null) {
            tags.put("commit", environment.commit());
        }
        return tags;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        if (outcome instanceof Judged judged) {
            parameters.putAll(judged.candidate().hyperparameters());
        }
        parameters.put("target", outcome.feature());
        parameters.put("features", String.join(",", features()));
        parameters.put("lookback", String.valueOf(contract.lookback()));
        parameters.put(
                "horizons", contract.horizons().stream().map(String::valueOf).collect(Collectors.joining(",")));
        parameters.put("cadence", contract.cadence().toString());
        return parameters;
    }

    /// The features in the order of the model's rows, the target first.
    private List<String> features() {
        List<String> ordered = new ArrayList<>(contract.features());
        if (ordered.remove(outcome.feature())) {
            ordered.addFirst(outcome.feature());
        }
        return ordered;
    }

    /// Per epoch: `train.loss`, `validation.rmse`. On the hold-out per horizon, the step being the horizon:
    /// `holdout/rmse`, `holdout/champion.rmse`, `holdout/skill` …; the same at the first horizon, and scores
    /// without a horizon, under their own names (`rmse`, `p.value`), so that runs can be compared and searched.
    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        Instant end = outcome.endedAt();
        if (outcome instanceof Judged judged) {
            judged.candidate().epochs().forEach(epoch -> add(metrics, epoch, judged.candidate()));
        }
        outcome.values().forEach((name, value) -> add(metrics, name, value, end));
        if (outcome instanceof Judged judged) {
            add(metrics, "seconds/fit", judged.candidate().fitSeconds(), 0, end);
            add(metrics, "seconds/judge", judged.candidate().judgeSeconds(), 0, end);
        }
        run.data(outcome.feature()).ifPresent(data -> add(metrics, "seconds/collect", data.collectSeconds(), 0, end));
        return metrics;
    }

    private void add(List<Metric> metrics, Epoch epoch, Candidate candidate) {
        Instant at = epoch.seconds() == null
                ? candidate.judgedAt()
                : candidate.startedAt().plus(Duration.ofMillis(Math.round(1000 * epoch.seconds())));
        add(metrics, "train.loss", epoch.trainLoss(), epoch.epoch(), at);
        add(metrics, "validation.rmse", epoch.validationRmse(), epoch.epoch(), at);
    }

    private void add(List<Metric> metrics, ScoreName name, double value, Instant at) {
        switch (name) {
            case AtHorizon score -> {
                add(metrics, "holdout/" + score.series(), value, score.horizon(), at);
                if (score.horizon() == contract.horizons().getFirst()) {
                    add(metrics, score.series(), value, 0, at);
                }
            }
            case ScoreName.Overall score -> add(metrics, score.label(), value, 0, at);
        }
    }

    private static void add(List<Metric> metrics, String name, double value, long step, Instant at) {
        if (Double.isFinite(value)) {
            metrics.add(new Metric(name, value, step, at));
        }
    }

    private List<TrackedRun.Data> datasets() {
        return run.data(outcome.feature()).map(this::datasets).orElse(List.of());
    }

    private List<TrackedRun.Data> datasets(RunRecord.Data data) {
        List<TrackedRun.Data> datasets = new ArrayList<>();
        datasets.add(dataset("training", data.train(), data));
        datasets.add(dataset("validation", data.validation(), data));
        datasets.add(dataset("holdout", data.holdOut(), data));
        if (data.calm() != null) {
            datasets.add(dataset("calm", data.calm(), data));
        }
        return datasets;
    }

    private TrackedRun.Data dataset(String context, Part part, RunRecord.Data data) {
        return new TrackedRun.Data(
                context,
                part.sha256(),
                data.lake().toString(),
                features(),
                part.samples(),
                part.from(),
                part.to(),
                data.sources().stream()
                        .map(source -> new Source(
                                source.station(),
                                source.partition(),
                                source.rows(),
                                source.firstOffset(),
                                source.lastOffset()))
                        .toList());
    }
}
