package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.run.OpenRun.Wait;
import io.aerocast.training.Trial;
import io.aerocast.training.score.ScoreName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Progress of the runs: `training` on `GET /healthz`, and `aerocast_training_progress_ratio`. The fact describes
/// the most advanced run; `runs` lists all open ones:
///
/// ```json
/// {"phase": "fitting", "run": "…", "pipeline": "sim", "signal": "…", "reason": "drift", "feature": "temperature",
///  "model": "gru", "epoch": 3, "epochs": 60, "samples": 180, "needed": 168, "runs": [ … ]}
/// ```
///
/// `signals` counts the signals that a run answers, `samples` and `needed` recent grid times with
/// samples. A run that waits has `since` and a `text`. Beside
/// `runs`, `verdicts` holds the latest outcome of each model since the start of the service.
final class TrainingStatus implements HealthFact {

    private static final String UNKNOWN = "unknown";

    /// Phase of a run, in order.
    enum Phase {
        IDLE("idle"),
        QUEUED("queued"),
        WAITING("waiting for data"),
        FITTING("fitting"),
        JUDGING("judging");

        private final String label;

        Phase(String label) {
            this.label = label;
        }
    }

    /// @param signals number of signals that it answers
    /// @param feature the feature in work, or `null` before a fit
    /// @param model the kind of model, or `null` before a fit
    /// @param since wall-clock time since which it waits for data, or `null`
    private record Progress(
            Phase phase,
            String run,
            RetrainSignal signal,
            int signals,
            @Nullable String feature,
            @Nullable String model,
            int epoch,
            int epochs,
            int samples,
            int needed,
            @Nullable Instant since) {

        private static Progress queued(String run, RetrainSignal signal) {
            return new Progress(Phase.QUEUED, run, signal, 1, signal.feature(), null, 0, 0, 0, 0, null);
        }

        private Progress waiting(Wait wait) {
            return new Progress(
                    Phase.WAITING,
                    run,
                    signal,
                    signals,
                    signal.feature(),
                    null,
                    0,
                    0,
                    wait.recent(),
                    wait.needed(),
                    wait.since());
        }

        private Progress fitting(String ofFeature, String ofModel, int done, int all) {
            return new Progress(
                    Phase.FITTING, run, signal, signals, ofFeature, ofModel, done, all, samples, needed, null);
        }

        private Progress judging() {
            return new Progress(
                    Phase.JUDGING, run, signal, signals, feature, model, epoch, epochs, samples, needed, null);
        }

        private Progress answering(int more) {
            return new Progress(phase, run, signal, more, feature, model, epoch, epochs, samples, needed, since);
        }

        double ratio() {
            return switch (phase) {
                case IDLE, QUEUED -> 0;
                case WAITING -> part(samples, needed);
                case FITTING -> part(epoch, epochs);
                case JUDGING -> 1;
            };
        }

        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("phase", phase.label);
            facts.put("run", run);
            facts.put("pipeline", signal.pipeline());
            facts.put("signal", signal.id());
            facts.put("signals", signals);
            facts.put("reason", signal.reason().label());
            put(facts, "feature", feature);
            put(facts, "model", model);
            facts.put("epoch", epoch);
            facts.put("epochs", epochs);
            facts.put("samples", samples);
            facts.put("needed", needed);
            if (since != null) {
                facts.put("since", since.toString());
                facts.put("text", text());
            }
            return facts;
        }

        /// A run with enough data waits until no other training is in progress.
        private String text() {
            String waiting = needed > 0 && samples >= needed ? "waiting for its turn" : "waiting for data";
            return "%s since %s, %d of %d grid times".formatted(waiting, since, samples, needed);
        }

        private static void put(Map<String, Object> facts, String name, @Nullable String value) {
            if (value != null) {
                facts.put(name, value);
            }
        }

        private static double part(int done, int all) {
            return all == 0 ? 0 : Math.min(1.0, (double) done / all);
        }
    }

    private final Map<String, Progress> byRun = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> verdicts = new ConcurrentSkipListMap<>();
    private final Pipelines pipelines;

    TrainingStatus(Pipelines pipelines, MeterRegistry meters) {
        this.pipelines = pipelines;
        for (Pipeline pipeline : pipelines.all()) {
            Gauge.builder("aerocast.training.progress.ratio", () -> ratio(pipeline.name()))
                    .description("Finished fraction of the current phase of the most advanced run; 0 without a run")
                    .tag("pipeline", pipeline.name())
                    .register(meters);
            Gauge.builder("aerocast.training.waiting.runs", () -> waiting(pipeline.name()))
                    .description("Runs that wait for data")
                    .tag("pipeline", pipeline.name())
                    .register(meters);
        }
    }

    void queued(OpenRun run) {
        byRun.put(run.id(), Progress.queued(run.id(), run.signal()));
    }

    void begins(RunRecord run) {
        byRun.putIfAbsent(run.id(), Progress.queued(run.id(), run.signal()));
    }

    void merged(OpenRun run) {
        update(run.id(), progress -> progress.answering(run.signals()));
    }

    void waiting(String run, Wait wait) {
        update(run, progress -> progress.waiting(wait));
    }

    void fitting(String run, String feature, String model, int epoch, int epochs) {
        update(run, progress -> progress.fitting(feature, model, epoch, epochs));
    }

    private void update(String run, UnaryOperator<Progress> change) {
        byRun.computeIfPresent(run, (_, progress) -> change.apply(progress));
    }

    /// Follows the fit and the judgement of a candidate.
    Trial.Progress progress(String run, String feature, String model) {
        return new Trial.Progress() {
            @Override
            public void epoch(int epoch, int epochs, double trainLoss, double validationRmse) {
                fitting(run, feature, model, epoch, epochs);
            }

            @Override
            public void judging() {
                update(run, Progress::judging);
            }
        };
    }

    /// A model has its outcome.
    void judged(RetrainSignal signal, Outcome outcome, Instant now) {
        String pipeline = pipelines.find(signal.pipeline()).map(Pipeline::name).orElse(UNKNOWN);
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("pipeline", pipeline);
        verdict.put("feature", outcome.feature());
        verdict.put("model", outcome.kind());
        verdict.put("at", now.toString());
        verdict.put("signal", signal.id());
        verdict.put("verdict", outcome.result().label());
        if (outcome instanceof Judged judged) {
            verdict.put("version", judged.candidate().version());
        }
        verdict.put("reasons", outcome.reasons());
        verdict.put("metrics", ScoreName.byLabel(outcome.values()));
        verdicts.put(Topics.key(pipeline, outcome.feature(), outcome.kind()), verdict);
    }

    void idle(String run) {
        byRun.remove(run);
    }

    /// The open runs, the most advanced first.
    List<Map<String, Object>> open() {
        return sorted().stream().map(Progress::facts).toList();
    }

    private List<Progress> sorted() {
        return byRun.values().stream()
                .sorted(Comparator.comparing(Progress::phase).reversed().thenComparing(Progress::run))
                .toList();
    }

    @Override
    public Map<String, Object> facts() {
        List<Progress> runs = sorted();
        Map<String, Object> training = new LinkedHashMap<>();
        if (runs.isEmpty()) {
            training.put("phase", Phase.IDLE.label);
        } else {
            training.putAll(runs.getFirst().facts());
        }
        training.put("runs", runs.stream().map(Progress::facts).toList());
        training.put("verdicts", List.copyOf(verdicts.values()));
        return Map.of("training", training);
    }

    private double ratio(String pipeline) {
        return byRun.values().stream()
                .filter(progress -> progress.signal().pipeline().equals(pipeline))
                .max(Comparator.comparing(Progress::phase))
                .map(Progress::ratio)
                .orElse(0.0);
    }

    private double waiting(String pipeline) {
        return byRun.values().stream()
                .filter(progress -> progress.phase() == Phase.WAITING)
                .filter(progress -> progress.signal().pipeline().equals(pipeline))
                .count();
    }
}
