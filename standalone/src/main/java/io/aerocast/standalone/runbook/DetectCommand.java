package io.aerocast.standalone.runbook;

import io.aerocast.drift.detect.DetectProperties;
import io.aerocast.drift.detect.Detector;
import io.aerocast.drift.detect.DetectorStep;
import io.aerocast.drift.detect.StationWatch;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aerocast detect`.
@Command(
        name = "detect",
        description = {
            "Evaluate logs/prediction_history.csv with the drift service's detector.",
            "Each station is evaluated by itself. Keeps last_drift_state.txt, last_drift.txt and "
                    + "drift_count.txt in the data directory, each with one line PIPELINE/MODEL@STATION=VALUE per "
                    + "station. Only changes of state count: becoming drift is counted once, and raises retrain.flag.",
            "If another retrain.flag still waits for the trainer, no file is changed and the exit code is 1: the next "
                    + "run raises the flag."
        })
public final class DetectCommand implements Runnable {

    /// The history has no versions; all rows of a series count as forecasts of one.
    private static final String VERSION = "history";

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private FeatureOption feature = new FeatureOption();

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private HistoryOption history = new HistoryOption();

    @Option(names = "--json", description = "Print the result as one JSON object on standard output.")
    private boolean json;

    /// State of the detector after all forecasts of one series.
    private record Judged(String series, Instant newest, int forecasts, DriftState state, String reason) {

        static Judged of(String series, List<History.Row> unordered, Pipeline pipeline) {
            List<History.Row> rows = unordered.stream()
                    .sorted(Comparator.comparing(History.Row::ts))
                    .toList();
            Detector detector = new Detector(pipeline, DetectProperties.defaults());
            StationWatch watch = null;
            String reason = "";
            for (History.Row row : rows) {
                DetectorStep step = detector.next(watch, evaluation(row, pipeline));
                watch = step.after();
                for (DriftChanged change : step.changes()) {
                    reason = change.to() == DriftState.DRIFT ? change.reason() : reason;
                }
            }
            DriftState state =
                    Objects.requireNonNull(watch, "a series has a row").state(feature(pipeline));
            return new Judged(series, rows.getLast().ts(), rows.size(), state, reason);
        }

        /// The forecast of the next step by the only kind of model in the history.
        private static Evaluation evaluation(History.Row row, Pipeline pipeline) {
            Pair pair = new Pair(pipeline.horizons().getFirst(), VERSION, row.prediction(), null, null, null);
            return new Evaluation(
                    pipeline.name(),
                    "history",
                    feature(pipeline),
                    ModelKinds.DEFAULT,
                    pipeline.slot(row.ts()),
                    row.actual(),
                    EvaluationSource.MATCHED,
                    null,
                    List.of(pair));
        }

        private static String feature(Pipeline pipeline) {
            return pipeline.target().name();
        }

        String note() {
            return "error of %s has grown: %s".formatted(series, reason);
        }
    }

    @Override
    public void run() {
        DataHome directory = data.open();
        Path file = history.file(directory);
        List<Judged> all = new ArrayList<>();
        new History(file)
                .rows(series())
                .forEach((series, rows) -> all.add(Judged.of(series, rows, pipeline.pipeline())));
        if (all.isEmpty()) {
            throw new CommandFailure(
                    "%s holds no forecasts of %s: 'aerocast feed' makes some".formatted(file, series()));
        }
        DriftFiles files = new DriftFiles(directory);
        Optional<String> note = note(all, files);
        note.ifPresent(text -> raise(files, text));
        // Last, so that a run that was interrupted before this line raises the flag again.
        all.forEach(judged -> files.record(judged.series(), judged.state(), judged.newest()));
        if (json) {
            System.out.println(json(all, files, note.isPresent()));
        } else {
            print(all, files, note);
        }
    }

    /// Pipeline, feature and kind of model, as in the history.
    private String series() {
        return model.of(pipeline.pipeline(), feature.of(pipeline.pipeline()));
    }

    /// The reason for a training: the series that have just drifted.
    private static Optional<String> note(List<Judged> all, DriftFiles files) {
        return all.stream()
                .filter(judged -> files.begins(judged.series(), judged.state()))
                .map(Judged::note)
                .reduce((one, other) -> one + "; " + other);
    }

    private void raise(DriftFiles files, String note) {
        if (!files.raise(pipeline.pipeline().name(), RetrainReason.DRIFT, note)) {
            throw new CommandFailure(
                    "%s became drift, but another retrain.flag still waits for the trainer: run detect again when it is "
                                    .formatted(series())
                            + "gone ('aerocast up' runs the trainer)");
        }
    }

    private static String json(List<Judged> all, DriftFiles files, boolean raised) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "state",
                all.stream().anyMatch(j -> j.state() == DriftState.DRIFT)
                        ? DriftState.DRIFT.label()
                        : Collections.max(all, Comparator.comparing(Judged::state))
                                .state()
                                .label());
        result.put("forecasts", all.stream().mapToInt(Judged::forecasts).sum());
        result.put(
                "driftCount",
                all.stream().mapToInt(j -> files.count(j.series())).sum());
        result.put("flagRaised", raised);
        Map<String, String> states = new LinkedHashMap<>();
        all.forEach(judged -> states.put(judged.series(), judged.state().label()));
        result.put("states", states);
        return new JsonMapper().writeValueAsString(result);
    }

    private static void print(List<Judged> all, DriftFiles files, Optional<String> note) {
        Screen screen = Screen.standardError();
        for (Judged judged : all) {
            screen.print(Line.of("%s over %,d forecasts: %s; became drift %d times so far"
                    .formatted(
                            judged.series(),
                            judged.forecasts(),
                            judged.state().label(),
                            files.count(judged.series()))));
        }
        note.ifPresent(text -> screen.print(Line.of("raised retrain.flag: %s".formatted(text))));
    }
}
