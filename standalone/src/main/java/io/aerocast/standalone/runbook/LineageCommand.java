package io.aerocast.standalone.runbook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `aerocast lineage`.
@Command(
        name = "lineage",
        description = {
            "Show the origin of a forecast or of a model: model, run, data, trigger with its evidence, and verdict.",
            "Asks the trainer of a running system. The id of a forecast is in the replies of the api; 'aerocast runs' "
                    + "lists the versions."
        })
public final class LineageCommand implements Runnable {

    @Parameters(paramLabel = "ID", description = "Id of a forecast, or version of a model.")
    private String id = "";

    @Mixin
    private TrainerOption trainer = new TrainerOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run() {
        // The id of a forecast is a path that starts with its pipeline; a version has no slash.
        String kind = id.contains("/") ? "forecast" : "version";
        JsonNode lineage = trainer.ask("Cannot show the lineage", client -> client.lineage(kind, id));
        if (json) {
            System.out.println(lineage);
        } else {
            JsonOutline.lines(lineage).forEach(System.out::println);
        }
    }
}
