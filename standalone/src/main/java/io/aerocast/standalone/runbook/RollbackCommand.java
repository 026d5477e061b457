package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.client.Trainer.Served;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `aerocast rollback`.
@Command(
        name = "rollback",
        description = {
            "Put an earlier model back into service, in a running system.",
            "The trainer publishes it again, and every replica of the api switches to it. 'aerocast runs' lists the "
                    + "versions."
        })
public final class RollbackCommand implements Runnable {

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private FeatureOption feature = new FeatureOption();

    @Mixin
    private TrainedModelOption model = new TrainedModelOption();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version to serve (default: the one that the present version replaced).")
    private @Nullable String version;

    @Option(names = "--note", paramLabel = "TEXT", description = "The reason, for the record.")
    private @Nullable String note;

    @Mixin
    private TrainerOption trainer = new TrainerOption();

    @Override
    public void run() {
        Pipeline of = pipeline.pipeline();
        String target = feature.of(of);
        Served served = trainer.ask(
                "Cannot roll back", client -> client.rollBack(of.name(), target, model.kind(), version, note));
        Screen.standardError()
                .print(Line.of("%s of %s %s: version %s serves instead of %s"
                        .formatted(served.model(), served.pipeline(), target, served.version(), served.before())));
    }
}
