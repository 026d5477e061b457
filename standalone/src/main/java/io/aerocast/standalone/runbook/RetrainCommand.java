package io.aerocast.standalone.runbook;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Pictures;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.lineage.Lineage;
import io.aerocast.trainer.lineage.Lineages;
import io.aerocast.trainer.lineage.Reproduction;
import io.aerocast.trainer.lineage.Reproduction.Result;
import io.aerocast.training.fit.FitProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aerocast retrain`.
@Command(
        name = "retrain",
        description = {
            "Fit the models of a version again from their lineage: the recorded files, settings, seed and champion.",
            "The exit code is 0 if every artifact is equal to the first one, byte for byte. Build, Java and operating "
                    + "system are part of a model's card; where they differ, that is printed."
        })
public final class RetrainCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--from-lineage",
            paramLabel = "VERSION",
            required = true,
            description = "Version of the model, or of a blend; 'aerocast runs' lists those of the models.")
    private String version = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Also write the artifacts into this directory.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    /// A model that was fitted again.
    private record Refit(Lineage lineage, Result result) {

        String line() {
            return "%s of %s %s %s: %s"
                    .formatted(
                            lineage.id().kind(),
                            lineage.id().pipeline(),
                            lineage.id().feature(),
                            lineage.id().version(),
                            result.identical()
                                    ? "equal byte for byte, SHA-256 %s".formatted(result.sha256())
                                    : "not equal: SHA-256 %s, expected %s"
                                            .formatted(result.sha256(), result.expected()));
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("pipeline", lineage.id().pipeline());
            fields.put("feature", lineage.id().feature());
            fields.put("model", lineage.id().kind());
            fields.put("version", lineage.id().version());
            fields.put("identical", result.identical());
            fields.put("sha256", result.sha256());
            fields.put("expected", result.expected());
            fields.put("differences", result.differences());
            return fields;
        }
    }

    @Override
    public Integer call() {
        DataHome directory = data.open();
        try {
            List<Lineage> models = new Lineages(Pipelines.builtIn(), new DataDirectory(directory.root()))
                    .ofVersion(version)
                    .models();
            if (models.isEmpty()) {
                throw new CommandFailure(
                        "No run in %s fitted a model of version %s".formatted(directory.root(), version));
            }
            List<Refit> refits = refits(new Reproduction(directory.root()), models);
            print(refits);
            return refits.stream().allMatch(refit -> refit.result().identical()) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("Cannot retrain: %s".formatted(e.getMessage()), e);
        }
    }

    private List<Refit> refits(Reproduction reproduction, List<Lineage> models) throws IOException {
        List<Refit> refits = new ArrayList<>();
        try (Screen screen = Screen.standardError()) {
            for (Lineage model : models) {
                Refit refit = new Refit(model, reproduction.reproduce(model, progress(screen, model)));
                refits.add(refit);
                write(refit);
            }
        }
        return refits;
    }

    private static FitProgress progress(Screen screen, Lineage model) {
        return (epoch, epochs, _, rmse) -> screen.show(List.of(Line.of("fitting the %s of %s  "
                        .formatted(model.id().kind(), model.id().feature()))
                .add(Pictures.bar((double) epoch / epochs, 24))
                .plain("  epoch %d, error %.3f".formatted(epoch, rmse))));
    }

    private void write(Refit refit) throws IOException {
        if (out != null) {
            Files.createDirectories(out);
            Files.write(out.resolve(refit.lineage().artifact()), refit.result().artifact());
        }
    }

    private void print(List<Refit> refits) {
        if (json) {
            System.out.println(new JsonMapper()
                    .writeValueAsString(refits.stream().map(Refit::fields).toList()));
            return;
        }
        Screen screen = Screen.standardError();
        for (Refit refit : refits) {
            screen.print(Line.of(refit.line()));
            refit.result().differences().forEach(difference -> screen.print(Line.of("  " + difference)));
        }
    }
}
