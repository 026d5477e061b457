package io.aerocast.standalone.runbook;

import io.aerocast.event.Topics;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--model` of commands that use forecasts: all kinds of model, the blend included.
final class ModelOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private String kind = ModelKinds.DEFAULT;

    /// The values of the option, for help and completion.
    static final class Kinds implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ModelKinds.ALL.iterator();
        }
    }

    @Option(
            names = "--model",
            paramLabel = "KIND",
            defaultValue = ModelKinds.DEFAULT,
            completionCandidates = Kinds.class,
            description = "The kind of model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    void choose(String name) {
        kind = checked(name, ModelKinds.ALL, command);
    }

    /// @throws ParameterException if a kind of model is not one of those that exist
    static String checked(String kind, List<String> known, CommandSpec command) {
        if (!known.contains(kind)) {
            throw new ParameterException(
                    command.commandLine(), "Unknown model '%s' (known: %s)".formatted(kind, String.join(", ", known)));
        }
        return kind;
    }

    String kind() {
        return kind;
    }

    /// Pipeline and kind, such as `noaa/blend`; with the feature between them if it is not the pipeline's first
    /// one.
    String of(Pipeline pipeline, String feature) {
        return feature.equals(pipeline.target().name())
                ? Topics.key(pipeline.name(), kind)
                : Topics.key(pipeline.name(), feature, kind);
    }
}
