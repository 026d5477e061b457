package io.aerocast.standalone.runbook;

import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.standalone.terminal.Table;
import io.aerocast.trainer.history.RunHistory;
import io.aerocast.trainer.history.RunHistory.Entry;
import io.aerocast.trainer.history.RunHistory.Listing;
import io.aerocast.trainer.track.RunSummary;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `aerocast runs`.
@Command(
        name = "runs",
        description = {
            "List the trainings of this data directory and, where MLFLOW_TRACKING_URI is set, of that MLflow server, newest "
                    + "first.",
            "Errors are root mean squares one step ahead, on data that the candidate was not fitted to."
        })
public final class RunsCommand implements Runnable {

    private static final String[] HEADINGS = {
        "started (UTC)",
        "pipeline",
        "feature",
        "model",
        "reason",
        "verdict",
        "rmse",
        "champion",
        "persist.",
        "seconds",
        "version",
        "kept in",
        "serves as"
    };
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "List at most the N newest (default: ${DEFAULT-VALUE}).")
    private int most = 20;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public void run() {
        if (most < 1) {
            throw new ParameterException(command.commandLine(), "--most is at least 1, found %d".formatted(most));
        }
        try (RunHistory history = new RunHistory(data.path())) {
            print(history.newest(most));
        } catch (IOException e) {
            throw new CommandFailure("Cannot list the runs: %s".formatted(e.getMessage()), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(Listing listing) {
        if (json) {
            System.out.println(new JsonMapper()
                    .writeValueAsString(
                            listing.entries().stream().map(RunsCommand::fields).toList()));
        } else {
            table(listing.entries()).forEach(System.out::println);
        }
        if (listing.trouble() != null) {
            Screen.standardError()
                    .print(Line.of("The runs of %s are missing: %s".formatted(listing.server(), listing.trouble())));
        }
    }

    private static List<String> table(List<Entry> entries) {
        Table table = new Table(HEADINGS);
        entries.forEach(entry -> table.row(cells(entry)));
        return table.lines();
    }

    private static String[] cells(Entry entry) {
        RunSummary run = entry.run();
        return new String[] {
            TIME.format(run.startedAt()),
            run.pipeline(),
            run.feature().isEmpty() ? "-" : run.feature(),
            run.model(),
            run.reason().label(),
            run.verdict(),
            number(run.rmse()),
            number(run.championRmse()),
            number(run.persistenceRmse()),
            String.format(Locale.ROOT, "%.1f", run.took().toMillis() / 1000.0),
            run.version() == null ? "none" : run.version(),
            place(entry),
            String.join(", ", entry.aliases())
        };
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String place(Entry entry) {
        return entry.here() && entry.onServer() ? "here, mlflow" : entry.here() ? "here" : "mlflow";
    }

    private static Map<String, Object> fields(Entry entry) {
        RunSummary run = entry.run();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", run.key());
        fields.put("startedAt", run.startedAt().toString());
        fields.put("seconds", run.took().toMillis() / 1000.0);
        fields.put("pipeline", run.pipeline());
        fields.put("feature", run.feature());
        fields.put("model", run.model());
        fields.put("reason", run.reason().label());
        fields.put("verdict", run.verdict());
        fields.put("version", run.version());
        fields.put("rmse", run.rmse());
        fields.put("championRmse", run.championRmse());
        fields.put("persistenceRmse", run.persistenceRmse());
        fields.put("here", entry.here());
        fields.put("mlflow", run.page() == null ? null : run.page().toString());
        fields.put("aliases", entry.aliases());
        return fields;
    }
}
