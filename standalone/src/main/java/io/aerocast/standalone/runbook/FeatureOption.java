package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--feature`: one of the pipeline's targets.
public final class FeatureOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--feature",
            paramLabel = "NAME",
            description = "The feature that is forecast, such as windspeed (default: the pipeline's first one).")
    private @Nullable String name;

    /// The name as given, if there is one.
    public @Nullable String given() {
        return name;
    }

    /// The name of the feature.
    ///
    /// @throws ParameterException if it is not a target of the pipeline
    public String of(Pipeline pipeline) {
        if (name == null) {
            return pipeline.target().name();
        }
        if (!pipeline.targets().contains(name)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Pipeline %s does not forecast '%s' (it forecasts %s)"
                            .formatted(pipeline.name(), name, String.join(", ", pipeline.targets())));
        }
        return name;
    }

    /// The view of the feature, see [Pipeline#view].
    ///
    /// @throws ParameterException if it is not a target of the pipeline
    public Pipeline view(Pipeline pipeline) {
        return pipeline.view(of(pipeline));
    }
}
