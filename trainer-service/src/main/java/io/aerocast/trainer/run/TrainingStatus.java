package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
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
import org.jspecify.annotations.Nullable;

/// Progress of the runs: `training` on `GET /healthz`, and `aerocast_training_progress_ratio`. The fact describes
/// the most advanced run; `runs` lists all, at most one for each pipeline:
///
/// ```json
/// {"phase": "fitting", "pipeline": "sim", "signal": "…", "reason": "drift", "model": "gru",
///  "epoch": 3, "epochs": 60, "samples": 180, "needed": 168, "runs": [ … ]}
/// ```
///
/// `samples` and `needed` count recent grid times with samples. Beside `runs`, `verdicts` holds the latest outcome
/// of each pipeline and kind of model since the start of the service.
final class TrainingStatus implements HealthFact {

    /// Phase of a run, in order.
    enum Phase {
        IDLE("idle"),
        WAITING("waiting for data"),
        FITTING("fitting"),
        JUDGING("judging");

        private final String label;

        Phase(String label) {
            this.label = label;
        }
    }

    /// @param model the kind of model, or `null` while waiting
    record Progress(
            Phase phase, RetrainSignal signal, @Nullable String model, int epoch, int epochs, int samples, int needed) {

        double ratio() {
            return switch (phase) {
                case IDLE -> 0;
                case WAITING -> part(samples, needed);
                case FITTING -> part(epoch, epochs);
                case JUDGING -> 1;
            };
        }

        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("phase", phase.label);
            facts.put("pipeline", signal.pipeline());
            facts.put("signal", signal.id());
            facts.put("reason", signal.reason().label());
            if (model != null) {
                facts.put("model", model);
            }
            facts.put("epoch", epoch);
            facts.put("epochs", epochs);
            facts.put("samples", samples);
            facts.put("needed", needed);
            return facts;
        }

        private static double part(int done, int all) {
            return all == 0 ? 0 : Math.min(1.0, (double) done / all);
        }
    }

    private final Map<String, Progress> byPipeline = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> verdicts = new ConcurrentSkipListMap<>();

    TrainingStatus(Pipelines pipelines, MeterRegistry meters) {
        for (Pipeline pipeline : pipelines.all()) {
            Gauge.builder("aerocast.training.progress.ratio", () -> ratio(pipeline.name()))
                    .description("Finished fraction of the current phase of a run; 0 without a run")
                    .tag("pipeline", pipeline.name())
                    .register(meters);
        }
    }

    void waiting(RetrainSignal signal, int samples, int needed) {
        byPipeline.put(signal.pipeline(), new Progress(Phase.WAITING, signal, null, 0, 0, samples, needed));
    }

    void fitting(RetrainSignal signal, String model, int epoch, int epochs) {
        byPipeline.computeIfPresent(
                signal.pipeline(),
                (_, p) -> new Progress(Phase.FITTING, signal, model, epoch, epochs, p.samples(), p.needed()));
    }

    private void judging(RetrainSignal signal) {
        byPipeline.computeIfPresent(
                signal.pipeline(),
                (_, p) ->
                        new Progress(Phase.JUDGING, signal, p.model(), p.epoch(), p.epochs(), p.samples(), p.needed()));
    }

    /// Follows the fit and the judgement of a candidate.
    Trial.Progress progress(RetrainSignal signal, String model) {
        return new Trial.Progress() {
            @Override
            public void epoch(int epoch, int epochs, double trainLoss, double validationRmse) {
                fitting(signal, model, epoch, epochs);
            }

            @Override
            public void judging() {
                TrainingStatus.this.judging(signal);
            }
        };
    }

    /// A kind of model has its outcome.
    void judged(RetrainSignal signal, Outcome outcome, Instant now) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("pipeline", signal.pipeline());
        verdict.put("model", outcome.kind());
        verdict.put("at", now.toString());
        verdict.put("signal", signal.id());
        verdict.put("verdict", outcome.result().label());
        if (outcome instanceof Judged judged) {
            verdict.put("version", judged.candidate().version());
        }
        verdict.put("reasons", outcome.reasons());
        verdict.put("metrics", ScoreName.byLabel(outcome.values()));
        verdicts.put(Topics.key(signal.pipeline(), outcome.kind()), verdict);
    }

    void idle(RetrainSignal signal) {
        byPipeline.remove(signal.pipeline());
    }

    @Override
    public Map<String, Object> facts() {
        List<Progress> runs = byPipeline.values().stream()
                .sorted(Comparator.comparing(Progress::phase).reversed())
                .toList();
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
        Progress progress = byPipeline.get(pipeline);
        return progress == null ? 0 : progress.ratio();
    }
}
