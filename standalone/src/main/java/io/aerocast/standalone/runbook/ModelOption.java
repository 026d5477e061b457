package io.aerocast.standalone.runbook;

import io.aerocast.event.Topics;
import io.aerocast.forecast.ModelKinds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--model`.
final class ModelOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private String kind = ModelKinds.DEFAULT;

    @Option(
            names = "--model",
            paramLabel = "KIND",
            defaultValue = ModelKinds.DEFAULT,
            description = "gru or seasonal (default: gru).")
    void choose(String name) {
        if (!ModelKinds.ALL.contains(name)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Unknown model '%s' (known: %s)".formatted(name, String.join(", ", ModelKinds.ALL)));
        }
        kind = name;
    }

    String kind() {
        return kind;
    }

    /// Pipeline and kind, such as `noaa/gru`.
    String of(PipelineOption pipeline) {
        return Topics.key(pipeline.pipeline().name(), kind);
    }
}
