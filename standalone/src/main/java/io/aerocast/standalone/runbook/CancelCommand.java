package io.aerocast.standalone.runbook;

import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `aerocast cancel`.
@Command(
        name = "cancel",
        description = {
            "Cancel a training, in a running system: one run by its id, or those of a pipeline or of one of its features.",
            "A cancelled run publishes nothing and is not repeated. 'aerocast runs' lists ended runs; GET /healthz of the "
                    + "trainer lists those in progress, with what they wait for."
        })
public final class CancelCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id of the run.")
    private @Nullable String run;

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Cancel the runs of this pipeline.")
    private @Nullable String pipeline;

    @Option(names = "--feature", paramLabel = "NAME", description = "With --pipeline: only those of this feature.")
    private @Nullable String feature;

    @Option(names = "--note", paramLabel = "TEXT", description = "The reason, for the record.")
    private @Nullable String note;

    @Mixin
    private TrainerOption trainer = new TrainerOption();

    @Option(names = "--json", description = "Print the trainer's reply as one JSON object on standard output.")
    private boolean json;

    @Override
    public void run() {
        if ((run == null) == (pipeline == null) || pipeline == null && feature != null) {
            throw new ParameterException(
                    command.commandLine(), "Expected either the id of a run, or --pipeline with or without --feature");
        }
        JsonNode reply = trainer.ask("Cannot cancel", client -> client.cancel(selection()));
        if (json) {
            System.out.println(reply);
        } else {
            JsonOutline.lines(reply).forEach(line -> Screen.standardError().print(Line.of(line)));
        }
    }

    private Map<String, Object> selection() {
        Map<String, Object> selection = new LinkedHashMap<>();
        put(selection, "run", run);
        put(selection, "pipeline", pipeline);
        put(selection, "feature", feature);
        put(selection, "note", note);
        return selection;
    }

    private static void put(Map<String, Object> selection, String name, @Nullable String value) {
        if (value != null) {
            selection.put(name, value);
        }
    }
}
