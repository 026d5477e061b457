package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--pipeline`.
public final class PipelineOption {

    private static final String DEFAULT = "noaa";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private @Nullable Pipeline pipeline;

    /// Leaves the default unread until it is needed, so that help does not parse the pipelines.
    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            defaultValue = DEFAULT,
            description = "noaa or sim (default: noaa).")
    void choose(String name) {
        pipeline = name.equals(DEFAULT) ? null : builtIn(name);
    }

    /// The chosen pipeline.
    public Pipeline pipeline() {
        if (pipeline == null) {
            pipeline = builtIn(DEFAULT);
        }
        return pipeline;
    }

    private Pipeline builtIn(String name) {
        try {
            return Pipelines.builtIn().require(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
