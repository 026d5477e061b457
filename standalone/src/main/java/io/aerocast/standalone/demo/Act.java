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
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Pictures;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pipeline's part of the story: tells each thing when it happens, and draws how things are.
final class Act {

    private static final int PHASE = 44;
    private static final int BAR = 16;

    private final DemoSettings.Part part;
    private final Story story;
    private final PipelineRecord seen;
    private final ErrorTrace errors = new ErrorTrace();
    private final String unit;
    private Training.@Nullable Run run;
    private @Nullable String serving;
    private DriftState drift = DriftState.CALM;
    private boolean heatwaveTold;

    Act(Pipeline pipeline, DemoSettings.Part part, Story story) {
        this.part = part;
        this.story = story;
        this.seen = new PipelineRecord(pipeline, DemoSettings.MODEL);
        this.unit = pipeline.target().unit();
    }

    PipelineRecord seen() {
        return seen;
    }

    /// Grid time of the heatwave's first observation, once the stream began and if one is to come.
    Optional<Instant> heatwave() {
        return seen.firstSlot()
                .flatMap(first ->
                        part.heatwaveAfter().map(steps -> seen.pipeline().after(first, steps)));
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
        boolean hot = heatwave()
                .filter(start -> !seen.pipeline().slot(observation.timestamp()).isBefore(start))
                .isPresent();
        if (hot && !heatwaveTold) {
            heatwaveTold = true;
            tell(Style.NOTICE, "heatwave", "the weather changes; nothing but the forecasts' errors tells the system");
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
                    "%s %s forecasts the stream and answers the api".formatted(forecast.model(), brief(serving)));
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
        switch (change.to()) {
            case CALM -> tell(Style.GOOD, "calm", change.reason());
            case WARNING -> {
                // Half the evidence that drift takes; most warnings pass.
            }
            case DRIFT -> tell(Style.BAD, "drift detected", change.reason());
            case SENSOR_FAULT -> tell(Style.NOTICE, "sensor fault", change.reason());
        }
    }

    void signalled(RetrainSignal signal, Instant at) {
        seen.signalled(signal, at);
        if (signal.reason() == RetrainReason.MANUAL) {
            tell(Style.PLAIN, "collected", "%,d observations landed as parquet".formatted(seen.landed()));
        }
        tell(Style.PLAIN, "retrain signal", "%s: %s".formatted(signal.reason().label(), signal.note()));
    }

    void published(ModelPublished model) {
        seen.published(model);
        tell(
                Style.GOOD,
                "promoted",
                "%s %s, proven on data it never saw: error %s"
                        .formatted(model.model(), brief(model.version()), scores(model)));
    }

    /// What the trainer does for this pipeline now.
    void training(Training.@Nullable Run now) {
        Training.Run before = run;
        run = now;
        if (now != null
                && now.fitting()
                && (before == null || !before.fitting() || !before.model().equals(now.model()))) {
            tell(Style.PLAIN, "training", "a %s on the landed windows".formatted(now.model()));
        }
    }

    /// How things are, in one line.
    Line line(int width) {
        Line line = Line.of("  ").bold(part.pipeline()).tab(8).add(phase()).tab(PHASE);
        double[] trace = errors.samples();
        if (trace.length == 0) {
            return line.dim("no error known yet");
        }
        int columns = Math.clamp(width - PHASE - 26L, 8, ErrorTrace.SAMPLES);
        Style style = drift == DriftState.DRIFT ? Style.BAD : Style.ACCENT;
        line.dim("error ").add(style, Pictures.sparkline(trace, columns, 0));
        return line.plain(" %5.2f %s".formatted(trace[trace.length - 1], unit));
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

    private static Line progress(String what, double fraction, String numbers) {
        return Line.of(what).tab(11).add(Pictures.bar(fraction, BAR)).plain(" ").dim(numbers);
    }

    private String scores(ModelPublished model) {
        int horizon = seen.pipeline().horizons().getFirst();
        StringBuilder text = new StringBuilder(score(model, "", horizon));
        if (model.metrics().containsKey("champion.rmse.h" + horizon)) {
            text.append(", the old model ").append(score(model, "champion.", horizon));
        }
        return text.append(", persistence ")
                .append(score(model, "persistence.", horizon))
                .toString();
    }

    private String score(ModelPublished model, String of, int horizon) {
        Double rmse = model.metrics().get(of + "rmse.h" + horizon);
        return rmse == null ? "unknown" : "%.2f %s".formatted(rmse, unit);
    }

    /// Versions are a time and the start of a hash; the hash is enough here.
    private static String brief(String version) {
        return version.substring(version.lastIndexOf('-') + 1);
    }

    private void tell(Style style, String headline, String detail) {
        story.tell(part.pipeline(), style, headline, detail);
    }
}
