package io.aerocast.standalone.runbook;

import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelKinds;
import java.util.Iterator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option `--model` of commands that work on models with an artifact: the kinds that are trained.
final class TrainedModelOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private String kind = GruModel.KIND;

    /// The values of the option, for help and completion.
    static final class Kinds implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ModelKinds.TRAINED.iterator();
        }
    }

    @Option(
            names = "--model",
            paramLabel = "KIND",
            defaultValue = GruModel.KIND,
            completionCandidates = Kinds.class,
            description = "The kind of model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    void choose(String name) {
        kind = ModelOption.checked(name, ModelKinds.TRAINED, command);
    }

    String kind() {
        return kind;
    }
}
