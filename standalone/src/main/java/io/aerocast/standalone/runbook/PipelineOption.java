package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option `--pipeline`.
public final class PipelineOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private Pipeline pipeline = Pipelines.builtIn().all().iterator().next();

    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            defaultValue = "noaa",
            description = "noaa or sim (default: noaa).")
    void choose(String name) {
        try {
            pipeline = Pipelines.builtIn().require(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /// The chosen pipeline.
    public Pipeline pipeline() {
        return pipeline;
    }
}
