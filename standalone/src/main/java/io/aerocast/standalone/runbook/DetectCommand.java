package io.aerocast.standalone.runbook;

import io.aerocast.drift.detect.DetectProperties;
import io.aerocast.drift.detect.Detector;
import io.aerocast.drift.detect.DetectorState;
import io.aerocast.drift.detect.Outcome;
import io.aerocast.event.RetrainReason;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataDirectory;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aerocast detect`.
@Command(
        name = "detect",
        description = {
            "Judge logs/prediction_history.csv with the drift service's detector.",
            "Keeps last_drift_state.txt, last_drift.txt and drift_count.txt in the data directory. Becoming drift is "
                    + "counted once, and raises retrain.flag."
        })
public final class DetectCommand implements Runnable {

    /// The history does not tell versions; all its rows are judged as one.
    private static final String VERSION = "history";

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private HistoryOption history = new HistoryOption();

    @Option(names = "--json", description = "Print the result as one JSON object on standard output.")
    private boolean json;

    @Override
    public void run() {
        DataDirectory directory = data.open();
        Path file = history.file(directory);
        List<History.Row> rows = new History(file)
                .rows(model.of(pipeline)).stream()
                        .sorted(Comparator.comparing(History.Row::ts))
                        .toList();
        if (rows.isEmpty()) {
            throw new CommandFailure(
                    "%s holds no forecasts of %s: 'aerocast feed' makes some".formatted(file, model.of(pipeline)));
        }
        DetectorState now = judged(rows);
        DriftFiles files = new DriftFiles(directory);
        boolean began = files.record(now.state(), rows.getLast().ts());
        if (began) {
            files.raise(pipeline.pipeline().name(), RetrainReason.DRIFT, note(now));
        }
        tell(rows, now, files.count(), began);
    }

    private static DetectorState judged(List<History.Row> rows) {
        Detector detector = new Detector(DetectProperties.defaults());
        DetectorState state = DetectorState.initial(rows.getFirst().ts(), VERSION);
        for (History.Row row : rows) {
            state = detector.next(state, new Outcome(row.ts(), VERSION, row.prediction(), row.actual(), null));
        }
        return state;
    }

    private String note(DetectorState now) {
        return "error of %s has grown since %s: %.2f on average over %d forecasts"
                .formatted(
                        model.of(pipeline),
                        now.cusum().since(),
                        now.cusum().recentError(),
                        now.cusum().count());
    }

    private void tell(List<History.Row> rows, DetectorState now, int count, boolean began) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("state", now.state().label());
            result.put("forecasts", rows.size());
            result.put("driftCount", count);
            result.put("flagRaised", began);
            System.out.println(new JsonMapper().writeValueAsString(result));
            return;
        }
        Screen screen = Screen.standardError();
        screen.print(Line.of("%s over %,d forecasts: %s; became drift %d times so far"
                .formatted(model.of(pipeline), rows.size(), now.state().label(), count)));
        if (began) {
            screen.print(Line.of("raised retrain.flag: %s".formatted(note(now))));
        }
    }
}
