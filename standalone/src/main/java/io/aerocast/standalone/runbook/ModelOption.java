package io.aerocast.standalone.runbook;

import io.aerocast.event.Topics;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.SeasonalModel;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--model`.
final class ModelOption {

    private static final List<String> KINDS = List.of(GruModel.KIND, SeasonalModel.KIND);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private String kind = GruModel.KIND;

    @Option(
            names = "--model",
            paramLabel = "KIND",
            defaultValue = GruModel.KIND,
            description = "gru or seasonal (default: gru).")
    void choose(String name) {
        if (!KINDS.contains(name)) {
            throw new ParameterException(
                    command.commandLine(), "Unknown model '%s' (known: %s)".formatted(name, String.join(", ", KINDS)));
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
