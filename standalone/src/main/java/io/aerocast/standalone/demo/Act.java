package io.aerocast.standalone.demo;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.WindowLanded;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.client.Trainer;
import io.aerocast.standalone.healing.PipelineRecord;
import io.aerocast.standalone.healing.Publications;
import io.aerocast.standalone.healing.ServedGoal;
import io.aerocast.standalone.healing.ServedScores.Score;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.training.score.ScoreName.AtHorizon;
import io.aerocast.training.score.ScoreName.Forecaster;
import io.aerocast.training.score.ScoreName.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One pipeline's part of the story: prints each event when it happens, and draws the present state.
final class Act {

    private static final int PHASE = 43;
    private static final int BAR = 14;

    private final DemoSettings.Part part;
    private final Story story;
    private final PipelineRecord seen;
    private final ErrorTrace errors = new ErrorTrace();
    private List<Trainer.Run> runs = List.of();
    private Set<String> endedSignals = Set.of();
    private final Set<String> fittedSignals = new HashSet<>();
    private @Nullable String serving;
    private final Map<String, DriftState> drift = new TreeMap<>();
    private boolean hot;

    Act(Pipeline pipeline, DemoSettings.Part part, Story story) {
        this.part = part;
        this.story = story;
        this.seen = new PipelineRecord(pipeline, story.startedAt());
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

    private boolean isUntrained() {
        return !seen.hasSignals() && seen.publications().isEmpty();
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
        boolean followed =
                forecast.model().equals(ModelKinds.BLEND) && forecast.feature().equals(target());
        if (followed && !forecast.modelVersion().equals(serving)) {
            String detail = serving == null
                    ? "the blend of all models forecasts the stream and answers the api"
                    : "the blend %s has a new part".formatted(brief(forecast.modelVersion()));
            serving = forecast.modelVersion();
            print(Style.GOOD, "serving", detail);
        }
    }

    void evaluated(Evaluation evaluation) {
        seen.evaluated(evaluation).ifPresent(errors::add);
    }

    void driftChanged(DriftChanged change) {
        seen.driftChanged(change);
        drift.put(feature(change), change.to());
        switch (change.to()) {
            case CALM -> {
                if (change.from() == DriftState.DRIFT || change.from() == DriftState.DEGRADED) {
                    print(Style.GOOD, "drift over", "%s: the errors are normal again".formatted(feature(change)));
                }
            }
            case WARNING -> {
                // Half the evidence of a drift; most warnings pass.
            }
            case DEGRADED -> print(Style.BAD, "degraded", "%s: %s".formatted(feature(change), change.reason()));
            case DRIFT -> print(Style.BAD, "drift detected", "%s: %s".formatted(feature(change), change.reason()));
            case SENSOR_FAULT ->
                print(Style.NOTICE, "sensor fault", "%s: %s".formatted(feature(change), change.reason()));
        }
    }

    void signalled(RetrainSignal signal, Instant at) {
        seen.signalled(signal, at);
        print(Style.PLAIN, "retrain signal", asked(signal));
    }

    void published(ModelPublished model) {
        seen.published(model);
        if (model.publishedAt().isAfter(story.startedAt())) {
            String what =
                    "%s of %s %s".formatted(model.model(), seen.publications().feature(model), brief(model.version()));
            if (Publications.isRollback(model)) {
                print(Style.NOTICE, "rolled back", "%s serves again".formatted(what));
            } else {
                print(Style.GOOD, "promoted", "%s: %s".formatted(what, scores(model)));
            }
        }
    }

    /// @param now the runs of this pipeline that are in progress, the most advanced first
    void training(List<Trainer.Run> now) {
        endedSignals.forEach(this::printEnd);
        List<Trainer.Run> before = runs;
        runs = now;
        endedSignals = signals(before);
        endedSignals.removeAll(signals(now));
        now.stream()
                .filter(Trainer.Run::fitting)
                .filter(run -> fittedSignals.add(run.signal()))
                .forEach(_ -> print(Style.PLAIN, "training", "new models on the landed windows"));
    }

    private static Set<String> signals(List<Trainer.Run> runs) {
        return runs.stream().map(Trainer.Run::signal).collect(Collectors.toCollection(HashSet::new));
    }

    /// One tick late, so that the promotions of a run that has just ended have arrived. A run that waited for data
    /// may have yielded to another one.
    private void printEnd(String signal) {
        if (fittedSignals.contains(signal) && !seen.publications().answered(signal)) {
            print(Style.NOTICE, "not promoted", "no proof that a new model beats the one that serves");
        }
    }

    /// The present state: one line, and the skill of each target where the pipeline forecasts further than one
    /// step.
    List<Line> lines(int width) {
        List<Line> lines = new ArrayList<>();
        lines.add(line(width));
        List<Integer> horizons = ServedGoal.horizons(seen);
        if (horizons.size() > 1) {
            seen.pipeline().targets().forEach(target -> lines.add(skill(target, horizons)));
        }
        return lines;
    }

    /// Prints the skill of what is served, one entry per target.
    void printSkills() {
        List<Integer> horizons = ServedGoal.horizons(seen);
        for (String target : seen.pipeline().targets()) {
            SortedMap<Integer, Score> scores = seen.scores().of(target);
            String skills = horizons.stream()
                    .map(horizon -> "%s at %d".formatted(percent(skill(scores, horizon)), horizon))
                    .collect(Collectors.joining(", "));
            print(Style.PLAIN, "skill", "%s: %s steps ahead".formatted(target, skills));
        }
    }

    private Line line(int width) {
        Line line = Line.of("  ").bold(part.pipeline()).tab(8).add(phase()).tab(PHASE);
        double[] trace = errors.samples();
        if (trace.length == 0) {
            return line.dim("no error known yet");
        }
        int columns = Math.clamp(width - PHASE - 17L, 8, ErrorTrace.SAMPLES);
        Style style = drift.get(target()) == DriftState.DRIFT ? Style.BAD : Style.ACCENT;
        line.dim("error ").add(style, Pictures.sparkline(trace, columns, scale(trace)));
        return line.plain(" %5.2f %s".formatted(trace[trace.length - 1], unit(target())));
    }

    private Line skill(String target, List<Integer> horizons) {
        SortedMap<Integer, Score> scores = seen.scores().of(target);
        Line line = Line.of("        ").dim("skill of %s".formatted(target)).tab(PHASE - 8);
        for (int horizon : horizons) {
            Double skill = skill(scores, horizon);
            Style style = skill == null ? Style.DIM : skill > 0 ? Style.GOOD : Style.BAD;
            line.dim(" %2d:".formatted(horizon)).add(style, "%5s".formatted(percent(skill)));
        }
        return line;
    }

    private static @Nullable Double skill(SortedMap<Integer, Score> scores, int horizon) {
        Score score = scores.get(horizon);
        return score == null ? null : score.skill();
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : "%.0f%%".formatted(100 * share);
    }

    /// The smallest error fills a third of the height, so that larger ones stand out.
    private static double scale(double[] trace) {
        return 3 * Arrays.stream(trace).min().orElse(0);
    }

    private boolean reached(Instant time, Observation observation) {
        return !seen.pipeline().slot(observation.timestamp()).isBefore(time);
    }

    private Line phase() {
        if (!runs.isEmpty()) {
            return phase(runs.getFirst());
        }
        if (isUntrained()) {
            return Line.of("collecting").tab(11).dim("%,d landed".formatted(seen.landed()));
        }
        return Line.of(serving == null ? "" : "serving %s".formatted(brief(serving)));
    }

    private static Line phase(Trainer.Run run) {
        if (run.waiting()) {
            return progress("waiting", run.fraction(), "%d/%d".formatted(run.done(), run.all()));
        }
        return run.fitting()
                ? progress("training", run.fraction(), "epoch %d".formatted(run.done()))
                : Line.of(run.phase());
    }

    private String asked(RetrainSignal signal) {
        return switch (signal.reason()) {
            case DRIFT ->
                signal.changedSince() == null
                        ? signal.note()
                        : "learn the weather since %s".formatted(signal.changedSince());
            case SCHEDULE -> "%s; %,d observations have landed".formatted(signal.note(), seen.landed());
            case DEGRADED, MANUAL -> signal.note();
        };
    }

    private String target() {
        return seen.pipeline().target().name();
    }

    private String unit(String feature) {
        Pipeline pipeline = seen.pipeline();
        return pipeline.features().get(pipeline.indexOf(feature)).unit();
    }

    private String feature(DriftChanged change) {
        return Objects.requireNonNullElse(change.feature(), target());
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
                        unit(seen.publications().feature(model)),
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
