package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.track.Aliases;
import io.aerocast.trainer.track.ModelChange;
import io.aerocast.trainer.track.RefusedException;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.RunLog;
import io.aerocast.trainer.track.RunReceiver;
import io.aerocast.trainer.track.RunSummary;
import io.aerocast.trainer.track.TrackedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Runs on an MLflow server:
///
/// | of AeroCast | on MLflow |
/// |---|---|
/// | pipeline | experiment `aerocast/<pipeline>` |
/// | feature of a pipeline | registered model `aerocast-<pipeline>` for the first, `aerocast-<pipeline>.<feature>` |
/// | run of one model | run, found by its tag `aerocast.run` |
/// | candidate | logged model in the `onnx` flavour, model version, found by its run |
/// | champion, challenger | aliases of the registered model |
///
/// A run is created with all its tags, and closed (`FINISHED`, `FAILED`) when everything else is there, so a closed
/// run is complete. Each step before finds the results of an earlier attempt, so an attempt that was interrupted is
/// simply repeated.
public final class MlflowRunLog implements RunLog, RunReceiver, AutoCloseable {

    private final MlflowClient client;
    private final MlflowRuns runs;
    private final MlflowModels models;

    MlflowRunLog(MlflowClient client, String prefix) {
        this.client = client;
        this.runs = new MlflowRuns(client, prefix);
        this.models = new MlflowModels(client, prefix);
    }

    /// The run log of a server.
    ///
    /// @param properties with a tracking URI
    public static MlflowRunLog of(MlflowProperties properties) {
        return new MlflowRunLog(new MlflowClient(properties), properties.namePrefix());
    }

    @Override
    public void log(TrackedRun run, RunFiles files) throws IOException, InterruptedException {
        try {
            String experiment = runs.experiment(run.pipeline());
            Optional<MlflowRun> found = runs.find(experiment, run.key());
            MlflowRun logged = found.isPresent() ? found.get() : runs.create(experiment, run);
            if (logged.status() == MlflowRun.Status.OPEN) {
                fill(logged, run, files);
                // A creation whose answer was lost may have been executed meanwhile: this removes its run.
                runs.find(experiment, run.key());
            }
        } catch (MlflowException e) {
            throw refusedOr(e);
        }
    }

    private void fill(MlflowRun logged, TrackedRun run, RunFiles files) throws IOException, InterruptedException {
        runs.logNumbers(logged, run);
        runs.logDatasets(logged, run);
        for (Path file : RunFiles.below(files.artifacts())) {
            client.upload(logged.artifactUri(), relative(files.artifacts(), file), Files.readAllBytes(file));
        }
        for (Map.Entry<String, String> document : run.documents().entrySet()) {
            client.upload(
                    logged.artifactUri(), document.getKey(), document.getValue().getBytes(StandardCharsets.UTF_8));
        }
        if (run.version() != null) {
            // Without a model there is no version to register, and no alias is better than one of another version.
            Map<String, String> known = Files.isDirectory(files.model())
                    ? Map.of(run.version(), models.register(logged, run, files))
                    : Map.of();
            move(run.registeredAs(), run.model(), Aliases.after(run), known);
        }
        runs.close(logged, run);
    }

    @Override
    public void log(ModelChange change) throws IOException, InterruptedException {
        try {
            move(change.registeredAs(), change.model(), Aliases.after(change), Map.of());
        } catch (MlflowException e) {
            throw refusedOr(e);
        }
    }

    /// @param known MLflow's numbers of versions, as far as they are known
    private void move(String registeredAs, String kind, Aliases change, Map<String, String> known)
            throws IOException, InterruptedException {
        Map<String, String> numbers = new HashMap<>(known);
        Aliases possible = change;
        for (String version : Set.copyOf(change.moved().values())) {
            if (!numbers.containsKey(version)) {
                Optional<String> number = models.find(registeredAs, kind, version);
                possible = number.isPresent() ? possible : possible.without(version);
                number.ifPresent(found -> numbers.put(version, found));
            }
        }
        for (Map.Entry<String, String> alias : possible.moved().entrySet()) {
            models.setAlias(registeredAs, alias.getKey(), Objects.requireNonNull(numbers.get(alias.getValue())));
        }
        for (String alias : possible.removed()) {
            models.removeAlias(registeredAs, alias);
        }
    }

    @Override
    public List<RunSummary> newest(int most) throws IOException, InterruptedException {
        return runs.newest(most);
    }

    @Override
    public Map<String, String> aliases(String registeredAs) throws IOException, InterruptedException {
        return models.aliases(registeredAs);
    }

    @Override
    public byte[] artifact(String key, String path) throws IOException, InterruptedException {
        MlflowRun run = runs.find(key).orElseThrow(() -> new IOException("MLflow has no run %s".formatted(key)));
        return client.download(run.artifactUri(), path);
    }

    @Override
    public void close() {
        client.close();
    }

    static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static IOException refusedOr(MlflowException e) {
        return e.isFinal() ? new RefusedException(String.valueOf(e.getMessage())) : e;
    }
}
