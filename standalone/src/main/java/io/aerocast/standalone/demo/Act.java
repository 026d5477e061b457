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
import io.aerocast.standalone.client.Trainer;
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

/// One pipeline's part of the story: prints each event when it happens, and draws the present state.
final class Act {

    private static final int PHASE = 43;
    private static final int BAR = 14;

    private final DemoSettings.Part part;
    private final Story story;
    private final PipelineRecord seen;
    private final ErrorTrace errors = new ErrorTrace();
    private final String unit;
    private Trainer.@Nullable Run run;
    private @Nullable String endedSignal;
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

    /// Grid time of the heatwave's first observation, once it has arrived.
    Optional<Instant> heatwave() {
        return part.heatwave().filter(_ -> hot);
    }

    /// Whether the first observation of this run is already one of the heatwave.
    boolean cameTooLate() {
        return part.heatwave()
                .flatMap(start -> seen.firstSlot().map(first -> !first.isBefore(start)))
                .orElse(false);
    }

    /// Whether a model serves.
    boolean serves() {
        return serving != null;
    }

    /// Whether the first training is due: enough has landed, none was requested, and no model was ever promoted.
    boolean firstTrainingDue() {
        return seen.landed() >= part.firstTraining()
                && !seen.hasSignals()
                && seen.published().isEmpty();
    }

    void observed(Observation observation) {
        if (seen.observations() == 0) {
            print(Style.PLAIN, "collecting", part.source());
        }
        seen.observed(observation);
        if (!hot && part.heatwave().filter(start -> reached(start, observation)).isPresent()) {
            hot = true;
            print(
                    Style.NOTICE,
                    "heatwave",
                    cameTooLate()
                            ? "it continues from an earlier run"
                            : "the weather changes; only the errors show it");
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
            print(
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
                    print(Style.GOOD, "drift over", "the errors are normal again");
                }
            }
            case WARNING -> {
                // Half the evidence of a drift; most warnings pass.
            }
            case DRIFT -> print(Style.BAD, "drift detected", grown(change));
            case SENSOR_FAULT -> print(Style.NOTICE, "sensor fault", change.reason());
        }
    }

    void signalled(RetrainSignal signal, Instant at) {
        seen.signalled(signal, at);
        if (signal.reason() == RetrainReason.MANUAL) {
            print(Style.PLAIN, "collected", "%,d observations as parquet, %s".formatted(seen.landed(), signal.note()));
        } else {
            print(Style.PLAIN, "retrain signal", asked(signal));
        }
    }

    void published(ModelPublished model) {
        seen.published(model);
        if (model.publishedAt().isAfter(story.startedAt())) {
            print(Style.GOOD, "promoted", "%s %s: %s".formatted(model.model(), brief(model.version()), scores(model)));
        }
    }

    /// @param now the run of this pipeline that is in progress, or `null`
    void training(Trainer.@Nullable Run now) {
        printEnd();
        Trainer.Run before = run;
        run = now;
        if (before != null && (now == null || !now.signal().equals(before.signal()))) {
            endedSignal = before.signal();
        }
        if (now != null && now.fitting() && (before == null || !before.model().equals(now.model()))) {
            print(Style.PLAIN, "training", "a %s on the landed windows".formatted(now.model()));
        }
    }

    /// One tick late, so that the promotion of a run that has just ended has arrived.
    private void printEnd() {
        String signal = endedSignal;
        endedSignal = null;
        if (signal != null && seen.published().values().stream().noneMatch(m -> signal.equals(m.signalId()))) {
            print(
                    Style.NOTICE,
                    "not promoted",
                    "no proof that the new %s beats the one that serves".formatted(DemoSettings.MODEL));
        }
    }

    /// The present state, in one line.
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

    /// The smallest error fills a third of the height, so that larger ones stand out.
    private static double scale(double[] trace) {
        return 3 * Arrays.stream(trace).min().orElse(0);
    }

    private boolean reached(Instant time, Observation observation) {
        return !seen.pipeline().slot(observation.timestamp()).isBefore(time);
    }

    private Line phase() {
        Trainer.Run now = run;
        if (now != null && now.waiting()) {
            return progress("waiting", now.fraction(), "%d/%d".formatted(now.done(), now.all()));
        }
        if (now != null && now.fitting()) {
            return progress("training", now.fraction(), "epoch %d".formatted(now.done()));
        }
        if (now != null) {
            return Line.of(now.phase());
        }
        if (!seen.hasSignals() && seen.published().isEmpty()) {
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

    /// A version is a time and the start of a hash. The hash is enough here.
    private static String brief(String version) {
        return version.substring(version.lastIndexOf('-') + 1);
    }

    private void print(Style style, String headline, String detail) {
        story.print(part.pipeline(), style, headline, detail);
    }
}
