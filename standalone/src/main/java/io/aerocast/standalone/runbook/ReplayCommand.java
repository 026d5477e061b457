package io.aerocast.standalone.runbook;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `aerocast replay`.
@Command(
        name = "replay",
        description = {
            "Publish an archive of observations to a running broker, at its own pace, with their own times.",
            "A CSV file, also gzipped, with the columns station,ts and the pipeline's features; see docs/data.md."
        })
public final class ReplayCommand extends SourceCommand {

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file = Path.of("");

    @Override
    String kind() {
        return "replay";
    }

    @Override
    List<String> source() {
        return List.of(
                "--aerocast.ingest.replay.pipeline=" + pipeline.pipeline().name(),
                "--aerocast.ingest.replay.file=" + file.toAbsolutePath());
    }
}
