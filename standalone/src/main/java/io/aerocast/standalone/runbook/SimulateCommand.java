package io.aerocast.standalone.runbook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `aerocast simulate`.
@Command(
        name = "simulate",
        description = "Publish a simulated station to a running broker: calm, then a heatwave. Until Ctrl-C.")
public final class SimulateCommand extends SourceCommand {

    @Option(names = "--calm-only", description = "No heatwave. Same as the environment variable CALM_ONLY=1.")
    private boolean calmOnly;

    @Option(names = "--calm-steps", paramLabel = "N", description = "Observations before the heatwave (default: 600).")
    private @Nullable Integer calmSteps;

    @Option(names = "--station", paramLabel = "NAME", description = "The station's name (default: SIM-1).")
    private @Nullable String station;

    @Override
    String kind() {
        return "simulator";
    }

    @Override
    List<String> source() {
        List<String> arguments = new ArrayList<>();
        if (calmOnly) {
            arguments.add("--aerocast.ingest.simulator.calm-only=true");
        }
        if (calmSteps != null) {
            arguments.add("--aerocast.ingest.simulator.calm-steps=" + calmSteps);
        }
        if (station != null) {
            arguments.add("--aerocast.ingest.simulator.station=" + station);
        }
        return arguments;
    }
}
