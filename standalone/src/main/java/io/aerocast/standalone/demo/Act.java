package io.aerocast.standalone.demo;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.WindowLanded;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.healing.PipelineRecord;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.training.score.ScoreName.AtHorizon;
import io.aerocast.training.score.ScoreName.Forecaster;
import io.aerocast.training.score.ScoreName.Measure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pipeline's part of the story: tells each thing when it happens, and draws how things are.
final class Act {

    private static final int PHASE = 43;
    private static final int BAR = 14;

    private final DemoSettings.Part part;
    private final Story story;
    private final PipelineRecord seen;
    private final ErrorTrace errors = new ErrorTrace();
    private final String unit;
    private Training.@Nullable Run run;
    private @Nullable String ended;
    private @Nullable String serving;
    private DriftState drift = DriftState.CALM;
    private @Nullable String driftingVersion;
    private boolean hot;

    Act(Pipeline pipeline, DemoSettings.Part part, Story story) {
        this.part = part;
        this.story = story;
        this.seen = new PipelineRecord(pipeline, DemoSettings.MODEL);
        this.unit = pipeline.target().unit();
    }

    PipelineRecord seen() {
        return seen;
    }

    /// Grid time of the heatwave's first observation, once it came.
    Optional<Instant> heatwave() {
        return part.heatwave().filter(_ -> hot);
    }

    /// Whether the heatwave had come before anything was seen.
    boolean cameTooLate() {
        return part.heatwave()
                .flatMap(start -> seen.firstSlot().map(first -> !first.isBefore(start)))
                .orElse(false);
    }

    /// Whether a model is known to serve.
    boolean serves() {
        return serving != null;
    }

    /// Whether the first training is due: enough has landed, nobody asked yet, and nothing was ever promoted.
    boolean firstTrainingDue() {
        return seen.landed() >= part.firstTraining()
                && seen.signals().isEmpty()
                && seen.published().isEmpty();
    }

    void observed(Observation observation) {
        if (seen.observations() == 0) {
            tell(Style.PLAIN, "collecting", part.source());
        }
        seen.observed(observation);
        if (!hot && part.heatwave().filter(start -> reached(start, observation)).isPresent()) {
            hot = true;
            tell(
                    Style.NOTICE,
                    "heatwave",
                    cameTooLate() ? "it goes on from an earlier run" : "the weather changes; only the errors can tell");
        }
    }

    void landed(WindowLanded window) {
        seen.landed(window);
    }

    void forecast(Forecast forecast, Instant at) {
        seen.forecast(forecast, at);
        if (forecast.model().equals(DemoSettings.MODEL)
                && !forecast.modelVersion().equals(serving)) {
            serving = forecast.modelVersion();
            tell(
                    Style.GOOD,
                    "serving",
                    "%s %s%s forecasts the stream and answers the api"
                            .formatted(
                                    forecast.model(),
                                    brief(serving),
                                    seen.published().containsKey(forecast.modelVersion()) ? "" : ", as shipped,"));
        }
    }

    void evaluated(Evaluation evaluation) {
        seen.evaluated(evaluation);
        if (evaluation.model().equals(DemoSettings.MODEL)
                && evaluation.horizon() == seen.pipeline().horizons().getFirst()) {
            errors.add(evaluation);
        }
    }

    void driftChanged(DriftChanged change) {
        seen.driftChanged(change);
        if (!change.model().equals(DemoSettings.MODEL)) {
            return;
        }
        drift = change.to();
        driftingVersion = drift == DriftState.DRIFT ? change.modelVersion() : driftingVersion;
        switch (change.to()) {
            case CALM -> {
                if (change.from() == DriftState.DRIFT && change.modelVersion().equals(driftingVersion)) {
                    tell(Style.GOOD, "drift over", "the errors are normal again");
                }
            }
            case WARNING -> {
                // Half the evidence that drift takes; most warnings pass.
            }
            case DRIFT -> tell(Style.BAD, "drift detected", grown(change));
            case SENSOR_FAULT -> tell(Style.NOTICE, "sensor fault", change.reason());
        }
    }

    void signalled(RetrainSignal signal, Instant at) {
        seen.signalled(signal, at);
        if (signal.reason() == RetrainReason.MANUAL) {
            tell(Style.PLAIN, "collected", "%,d observations as parquet, %s".formatted(seen.landed(), signal.note()));
        } else {
            tell(Style.PLAIN, "retrain signal", asked(signal));
        }
    }

    void published(ModelPublished model) {
        seen.published(model);
        if (model.publishedAt().isAfter(story.startedAt())) {
            tell(Style.GOOD, "promoted", "%s %s: %s".formatted(model.model(), brief(model.version()), scores(model)));
        }
    }

    /// What the trainer does for this pipeline now.
    void training(Training.@Nullable Run now) {
        tellEnd();
        Training.Run before = run;
        run = now;
        if (before != null && (now == null || !now.signal().equals(before.signal()))) {
            ended = before.signal();
        }
        if (now != null && now.fitting() && (before == null || !before.model().equals(now.model()))) {
            tell(Style.PLAIN, "training", "a %s on the landed windows".formatted(now.model()));
        }
    }

    /// A promotion that a run made is known one look after the run's end at the latest.
    private void tellEnd() {
        String signal = ended;
        ended = null;
        if (signal != null && seen.published().values().stream().noneMatch(m -> signal.equals(m.signalId()))) {
            tell(
                    Style.NOTICE,
                    "not promoted",
                    "no proof that the new %s beats the one that serves".formatted(DemoSettings.MODEL));
        }
    }

    /// How things are, in one line.
    Line line(int width) {
        Line line = Line.of("  ").bold(part.pipeline()).tab(8).add(phase()).tab(PHASE);
        double[] trace = errors.samples();
        if (trace.length == 0) {
            return line.dim("no error known yet");
        }
        int columns = Math.clamp(width - PHASE - 17L, 8, ErrorTrace.SAMPLES);
        Style style = drift == DriftState.DRIFT ? Style.BAD : Style.ACCENT;
        line.dim("error ").add(style, Pictures.sparkline(trace, columns, scale(trace)));
        return line.plain(" %5.2f %s".formatted(trace[trace.length - 1], unit));
    }

    /// Calm errors fill a third of the height, so that larger ones stand out.
    private static double scale(double[] trace) {
        return 3 * Arrays.stream(trace).min().orElse(0);
    }

    private boolean reached(Instant time, Observation observation) {
        return !seen.pipeline().slot(observation.timestamp()).isBefore(time);
    }

    private Line phase() {
        Training.Run now = run;
        if (now != null && now.waiting()) {
            return progress("waiting", now.fraction(), "%d/%d".formatted(now.done(), now.all()));
        }
        if (now != null && now.fitting()) {
            return progress("training", now.fraction(), "epoch %d".formatted(now.done()));
        }
        if (now != null) {
            return Line.of(now.phase());
        }
        if (seen.signals().isEmpty() && seen.published().isEmpty()) {
            double fraction = (double) seen.landed() / part.firstTraining();
            return progress("collecting", fraction, "%d/%d".formatted(seen.landed(), part.firstTraining()));
        }
        return Line.of(serving == null ? "" : "serving %s".formatted(brief(serving)));
    }

    private static String asked(RetrainSignal signal) {
        return switch (signal.reason()) {
            case DRIFT ->
                signal.changedSince() == null
                        ? signal.note()
                        : "learn the weather since %s".formatted(signal.changedSince());
            case SCHEDULE -> "the last training is too old";
            case MANUAL -> signal.note();
        };
    }

    private String grown(DriftChanged change) {
        Double recent = change.evidence().get("recentError");
        Double normal = change.evidence().get("referenceError");
        return recent == null || normal == null
                ? change.reason()
                : "error grown to %.2f %s where %.2f is normal".formatted(recent, unit, normal);
    }

    private static Line progress(String what, double fraction, String numbers) {
        return Line.of(what).tab(11).add(Pictures.bar(fraction, BAR)).plain(" ").dim(numbers);
    }

    private String scores(ModelPublished model) {
        int horizon = seen.pipeline().horizons().getFirst();
        String champion = rmse(model, Forecaster.CHAMPION, horizon)
                .map(rmse -> ", old model " + rmse)
                .orElse("");
        return "%s %s on unseen data%s, persistence %s"
                .formatted(
                        rmse(model, Forecaster.CANDIDATE, horizon).orElse("unknown"),
                        unit,
                        champion,
                        rmse(model, Forecaster.PERSISTENCE, horizon).orElse("unknown"));
    }

    private static Optional<String> rmse(ModelPublished model, Forecaster forecaster, int horizon) {
        String name = new AtHorizon(forecaster, Measure.RMSE, horizon).label();
        return Optional.ofNullable(model.metrics().get(name)).map("%.2f"::formatted);
    }

    /// Versions are a time and the start of a hash; the hash is enough here.
    private static String brief(String version) {
        return version.substring(version.lastIndexOf('-') + 1);
    }

    private void tell(Style style, String headline, String detail) {
        story.tell(part.pipeline(), style, headline, detail);
    }
}
