package io.aerocast.standalone.runbook;

import io.aerocast.standalone.client.Trainer;
import io.aerocast.standalone.client.Trainer.Served;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.io.IOException;
import java.net.URI;
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
    private ModelOption model = new ModelOption();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version to serve (default: the one that the present version replaced).")
    private @Nullable String version;

    @Option(names = "--note", paramLabel = "TEXT", description = "The reason, for the record.")
    private @Nullable String note;

    @Option(
            names = "--trainer",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:${env:AEROCAST_TRAINER_PORT:-8002}",
            description = "Address of the trainer (default: ${DEFAULT-VALUE}).")
    private URI trainer = URI.create("http://127.0.0.1:8002");

    @Override
    public void run() {
        try (Trainer client = new Trainer(trainer)) {
            Served served = client.rollBack(pipeline.pipeline().name(), model.kind(), version, note);
            Screen.standardError()
                    .print(Line.of("%s of %s: version %s serves instead of %s"
                            .formatted(served.model(), served.pipeline(), served.version(), served.before())));
        } catch (IOException e) {
            throw new CommandFailure("Cannot roll back: %s".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(
                    "Interrupted before the trainer replied; 'aerocast runs' lists which version serves", e);
        }
    }
}
