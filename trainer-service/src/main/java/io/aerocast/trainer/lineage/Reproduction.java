package io.aerocast.trainer.lineage;

import io.aerocast.forecast.Build;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.lake.Lake;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Environment;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunInputs;
import io.aerocast.trainer.record.RunInputs.LandedFile;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.fit.Fitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fits a model again from its lineage: the same files, settings, seed, champion to start from, version and time.
/// Build, Java and operating system are part of the model's card, so the artifact is equal byte for byte in the
/// environment of the first fit alone; [Result#differences] names what differs.
public final class Reproduction {

    private final Path directory;

    /// @param directory the data directory with the files and artifacts of the lineage
    public Reproduction(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /// A reproduced model.
    ///
    /// @param artifact the model's portable form
    /// @param sha256 of the artifact, hexadecimal
    /// @param expected SHA-256 of the model of the lineage
    /// @param differences of the environment, in words; empty if there are none
    public record Result(byte[] artifact, String sha256, String expected, List<String> differences) {

        public Result {
            differences = List.copyOf(differences);
        }

        /// Whether the artifact is the same, byte for byte.
        public boolean identical() {
            return sha256.equals(expected);
        }
    }

    /// Fits a model again.
    ///
    /// @throws IllegalArgumentException if the lineage has no inputs, or they are no training data any more
    /// @throws IOException if a file of the lineage is missing, has another hash, or cannot be read
    public Result reproduce(Lineage lineage, FitProgress progress) throws IOException {
        RunInputs inputs = lineage.inputs();
        if (inputs == null) {
            throw new IllegalArgumentException(
                    "The record of run %s holds no inputs: an earlier version of AeroCast has written it"
                            .formatted(lineage.run().id()));
        }
        TrainingSettings settings = inputs.trainingSettings();
        Pipeline view = inputs.pipeline().view(lineage.id().feature());
        Fitted fitted = Fitted.with(
                fitter(settings, lineage.id().kind()),
                data(lineage, parts(lineage, view, settings, files(inputs))),
                champion(lineage, inputs.pipeline(), view),
                lineage.run().fittedAt(),
                progress);
        byte[] artifact = ModelArtifact.write(fitted.model());
        return new Result(
                artifact,
                ModelArtifact.sha256(artifact),
                lineage.sha256(),
                differences(lineage.run().environment()));
    }

    private static Fitter fitter(TrainingSettings settings, String kind) {
        return settings.fitters().stream()
                .filter(fitter -> fitter.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("This build fits no %s".formatted(kind)));
    }

    private Split.Parts parts(Lineage lineage, Pipeline view, TrainingSettings settings, List<WindowFile> files) {
        List<Sample> samples = new LandedData(
                        new Lake(directory), settings.split().maximumSamples())
                .read(List.of(view), files)
                .getFirst()
                .samples();
        return switch (Split.of(view, samples, lineage.trigger().changedSince(), settings.split())) {
            case Split.Parts parts -> parts;
            case Split.TooFew few -> throw new IllegalArgumentException(few.reason());
        };
    }

    /// A promoted model may have been fitted once more, to all data. Its version holds the start of their hash.
    private static Split.Complete data(Lineage lineage, Split.Parts parts) {
        String complete = Fitted.version(
                lineage.run().fittedAt(), parts.complete().train().sha256());
        return lineage.id().version().equals(complete)
                ? parts.complete()
                : new Split.Complete(parts.train(), parts.validation());
    }

    private List<WindowFile> files(RunInputs inputs) throws IOException {
        List<WindowFile> files = new ArrayList<>();
        for (LandedFile file : inputs.files()) {
            Path path = directory.resolve(file.path());
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString(), null, "a file of the lineage");
            }
            String found = RunInputs.sha256(path);
            if (!found.equals(file.sha256())) {
                throw new IOException("%s has changed since the training: expected SHA-256 %s, found %s"
                        .formatted(path, file.sha256(), found));
            }
            files.add(new WindowFile(
                    inputs.pipeline().name(),
                    file.station(),
                    file.partition(),
                    file.startOffset(),
                    file.endOffset(),
                    path));
        }
        return files;
    }

    /// The model that served then: a fit may start from its weights.
    private @Nullable ForecastModel champion(Lineage lineage, Pipeline pipeline, Pipeline view) throws IOException {
        String version = lineage.champion();
        if (version == null) {
            return null;
        }
        String kind = lineage.id().kind();
        String label = PipelineContract.of(pipeline).label(lineage.id().feature(), kind);
        Path kept = new DataDirectory(directory)
                .models()
                .resolve("%s-%s-%s.aerocast".formatted(pipeline.name(), label, version));
        Optional<ForecastModel> shipped = ShippedModels.find(
                        pipeline.name(), view.target().name(), kind)
                .map(ModelArtifact::read)
                .filter(model -> model.card().version().equals(version));
        return Files.exists(kept) || shipped.isEmpty() ? ModelArtifact.read(Files.readAllBytes(kept)) : shipped.get();
    }

    private static List<String> differences(Environment then) {
        List<String> differences = new ArrayList<>();
        Environment now = Environment.current();
        add(differences, "commit", then.commit(), Build.commit());
        add(differences, "build", then.build(), now.build());
        add(differences, "java", then.java(), now.java());
        add(differences, "os", then.os(), now.os());
        return differences;
    }

    private static void add(List<String> differences, String what, @Nullable String then, @Nullable String now) {
        if (!Objects.equals(then, now)) {
            differences.add("%s was %s, is %s".formatted(what, then, now));
        }
    }
}
