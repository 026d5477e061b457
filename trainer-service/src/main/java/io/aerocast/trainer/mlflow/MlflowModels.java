package io.aerocast.trainer.mlflow;

import static io.aerocast.trainer.mlflow.MlflowRuns.list;
import static io.aerocast.trainer.mlflow.MlflowRuns.pairs;
import static io.aerocast.trainer.mlflow.MlflowRuns.shortened;

import io.aerocast.trainer.track.RunFiles;
import io.aerocast.trainer.track.TrackedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Logged models, and the registry.
final class MlflowModels {

    private static final String NAME = "model";

    private final MlflowClient client;
    private final String prefix;

    MlflowModels(MlflowClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /// Logs the candidate of a run as a model and registers it, unless an earlier attempt has done so.
    ///
    /// @return MLflow's number of the version
    String register(MlflowRun logged, TrackedRun run, RunFiles files) throws IOException, InterruptedException {
        JsonNode model = model(logged, run);
        String id = model.required("info").required("model_id").asString();
        if (!model.path("info").path("status").asString("").equals("LOGGED_MODEL_READY")) {
            String root = model.path("info").required("artifact_uri").asString();
            for (Path file : RunFiles.below(files.model())) {
                client.upload(root, MlflowRunLog.relative(files.model(), file), Files.readAllBytes(file));
            }
            OnnxFlavour flavour = new OnnxFlavour(logged.id(), id, run.finishedAt(), client.version());
            for (Map.Entry<String, String> file : flavour.files(files.model()).entrySet()) {
                client.upload(root, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            client.patch("logged-models/" + id, Map.of("model_id", id, "status", "LOGGED_MODEL_READY"));
        }
        logOutput(logged, id);
        return version(logged, run, id);
    }

    /// The server fails if an output is logged twice.
    private void logOutput(MlflowRun logged, String model) throws IOException, InterruptedException {
        JsonNode run = client.get("runs/get", Map.of("run_id", logged.id())).required("run");
        boolean present = list(run.path("outputs").path("model_outputs")).stream()
                .anyMatch(output -> output.path("model_id").asString("").equals(model));
        if (!present) {
            client.post(
                    "runs/outputs",
                    Map.of("run_id", logged.id(), "models", List.of(Map.of("model_id", model, "step", 0))));
        }
    }

    private JsonNode model(MlflowRun logged, TrackedRun run) throws IOException, InterruptedException {
        JsonNode found = client.post(
                "logged-models/search",
                Map.of(
                        "experiment_ids", List.of(logged.experiment()),
                        "filter", "source_run_id = '%s'".formatted(logged.id())));
        Optional<JsonNode> earlier = list(found.path("models")).stream().findFirst();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("experiment_id", logged.experiment());
        body.put("name", NAME);
        body.put("model_type", run.model());
        body.put("source_run_id", logged.id());
        body.put("params", pairs(run.parameters()));
        body.put("tags", pairs(tags(run)));
        return client.post("logged-models", body).required("model");
    }

    private String version(MlflowRun logged, TrackedRun run, String model) throws IOException, InterruptedException {
        String name = name(run.registeredAs());
        Optional<String> earlier = search("name = '%s' and run_id = '%s'".formatted(name, logged.id()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        createRegisteredModel(run);
        JsonNode created = client.post(
                "model-versions/create",
                Map.of(
                        "name",
                        name,
                        "source",
                        "models:/" + model,
                        "model_id",
                        model,
                        "run_id",
                        logged.id(),
                        "description",
                        shortened(run.note()),
                        "tags",
                        pairs(tags(run))));
        return created.required("model_version").required("version").asString();
    }

    private void createRegisteredModel(TrackedRun run) throws IOException, InterruptedException {
        try {
            client.post(
                    "registered-models/create",
                    Map.of(
                            "name",
                            name(run.registeredAs()),
                            "description",
                            ("Every candidate for the %s of pipeline %s. The alias champion is the gru that AeroCast "
                                            + "serves, champion-<kind> what it serves of that kind; challenger is the newest one "
                                            + "that was held or taken back.")
                                    .formatted(run.feature(), run.pipeline())));
        } catch (MlflowException e) {
            if (!e.alreadyExists()) {
                throw e;
            }
        }
    }

    private static Map<String, String> tags(TrackedRun run) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(MlflowRuns.KEY, run.key());
        tags.put(MlflowRuns.VERSION, String.valueOf(run.version()));
        tags.put(MlflowRuns.FEATURE, run.feature());
        tags.put(MlflowRuns.MODEL, run.model());
        tags.put(MlflowRuns.VERDICT, run.verdict());
        tags.put(MlflowRuns.REASON, run.reason().label());
        return tags;
    }

    /// MLflow's number of an AeroCast version, if it has it.
    Optional<String> find(String registeredAs, String kind, String version) throws IOException, InterruptedException {
        return search("name = '%s' and tags.`%s` = '%s' and tags.`%s` = '%s'"
                .formatted(name(registeredAs), MlflowRuns.VERSION, version, MlflowRuns.MODEL, kind));
    }

    private Optional<String> search(String filter) throws IOException, InterruptedException {
        JsonNode found = client.get("model-versions/search", Map.of("filter", filter, "max_results", "1"));
        return list(found.path("model_versions")).stream()
                .map(version -> version.required("version").asString())
                .findFirst();
    }

    void setAlias(String registeredAs, String alias, String version) throws IOException, InterruptedException {
        client.post("registered-models/alias", Map.of("name", name(registeredAs), "alias", alias, "version", version));
    }

    /// Removes an alias, if it is there.
    void removeAlias(String registeredAs, String alias) throws IOException, InterruptedException {
        try {
            client.delete("registered-models/alias", Map.of("name", name(registeredAs), "alias", alias));
        } catch (MlflowException e) {
            if (!e.missing()) {
                throw e;
            }
        }
    }

    /// AeroCast versions by alias.
    Map<String, String> aliases(String registeredAs) throws IOException, InterruptedException {
        JsonNode model;
        try {
            model = client.get("registered-models/get", Map.of("name", name(registeredAs)))
                    .required("registered_model");
        } catch (MlflowException e) {
            if (e.missing()) {
                return Map.of();
            }
            throw e;
        }
        Map<String, String> aliases = new TreeMap<>();
        for (JsonNode alias : list(model.path("aliases"))) {
            aliases.put(
                    alias.required("alias").asString(),
                    versionOf(registeredAs, alias.required("version").asString()));
        }
        return aliases;
    }

    /// The AeroCast version behind MLflow's number.
    private String versionOf(String registeredAs, String number) throws IOException, InterruptedException {
        JsonNode version = client.get("model-versions/get", Map.of("name", name(registeredAs), "version", number));
        return list(version.path("model_version").path("tags")).stream()
                .filter(tag -> tag.path("key").asString("").equals(MlflowRuns.VERSION))
                .map(tag -> tag.path("value").asString(""))
                .findFirst()
                .orElse(number);
    }

    private String name(String registeredAs) {
        return "%s-%s".formatted(prefix, registeredAs);
    }
}
