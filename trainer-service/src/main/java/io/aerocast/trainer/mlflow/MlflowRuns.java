package io.aerocast.trainer.mlflow;

import io.aerocast.event.RetrainReason;
import io.aerocast.trainer.track.RunSummary;
import io.aerocast.trainer.track.TrackedRun;
import io.aerocast.trainer.track.TrackedRun.Data;
import io.aerocast.trainer.track.TrackedRun.Metric;
import io.aerocast.training.score.ScoreName;
import io.aerocast.training.score.ScoreName.Forecaster;
import io.aerocast.training.score.ScoreName.Measure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Experiments and runs.
final class MlflowRuns {

    /// The tag by which a run is found again.
    static final String KEY = "aerocast.run";

    static final String REASON = "aerocast.reason";
    static final String VERDICT = "aerocast.verdict";
    static final String PIPELINE = "aerocast.pipeline";
    static final String FEATURE = "aerocast.feature";
    static final String REGISTERED = "aerocast.registered.as";
    static final String MODEL = "aerocast.model";
    static final String VERSION = "aerocast.version";

    /// What one request of `runs/log-batch` may hold; MLflow's own limits (utils/validation.py, 3.17).
    private static final int MOST_PARAMETERS = 100;

    private static final int MOST_METRICS = 1000;
    private static final int LONGEST_VALUE = 4999;

    private final MlflowClient client;
    private final String prefix;

    MlflowRuns(MlflowClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /// The id of a pipeline's experiment, which is created where there is none.
    ///
    /// @throws IOException if somebody has deleted it
    String experiment(String pipeline) throws IOException, InterruptedException {
        String name = "%s/%s".formatted(prefix, pipeline);
        JsonNode found = experimentByName(name).orElse(null);
        if (found == null) {
            try {
                client.post("experiments/create", Map.of("name", name));
            } catch (MlflowException e) {
                if (!e.alreadyExists()) {
                    throw e;
                }
            }
            found = experimentByName(name)
                    .orElseThrow(() -> new IOException("MLflow does not find its experiment %s".formatted(name)));
        }
        if (!found.path("lifecycle_stage").asString("active").equals("active")) {
            throw new IOException(
                    "The MLflow experiment %s was deleted: restore it, or set aerocast.trainer.mlflow.name-prefix"
                            .formatted(name));
        }
        return found.required("experiment_id").asString();
    }

    private Optional<JsonNode> experimentByName(String name) throws IOException, InterruptedException {
        try {
            return Optional.of(client.get("experiments/get-by-name", Map.of("experiment_name", name))
                    .required("experiment"));
        } catch (MlflowException e) {
            if (e.missing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The run of a key. One that a person has deleted counts as closed. An attempt whose answer was lost may
    /// have left two open ones; the second is removed.
    Optional<MlflowRun> find(String experiment, String key) throws IOException, InterruptedException {
        List<MlflowRun> found = search(List.of(experiment), key);
        for (MlflowRun twin : found.stream().filter(MlflowRun::isActive).skip(1).toList()) {
            client.post("runs/delete", Map.of("run_id", twin.id()));
        }
        return found.stream().findFirst();
    }

    /// The same in any experiment of this prefix.
    Optional<MlflowRun> find(String key) throws IOException, InterruptedException {
        return search(ours(), key).stream().findFirst();
    }

    /// Closed ones first, then open ones, then those that were deleted.
    private List<MlflowRun> search(Collection<String> among, String key) throws IOException, InterruptedException {
        if (among.isEmpty()) {
            return List.of();
        }
        JsonNode found = client.post(
                "runs/search",
                Map.of(
                        "experiment_ids",
                        among,
                        "filter",
                        "tags.`%s` = '%s'".formatted(KEY, key),
                        "run_view_type",
                        "ALL",
                        "max_results",
                        10));
        return list(found.path("runs")).stream()
                .map(MlflowRun::of)
                .sorted(Comparator.comparing(MlflowRun::status)
                        .thenComparing(MlflowRun::parameters, Comparator.reverseOrder())
                        .thenComparing(MlflowRun::id))
                .toList();
    }

    /// Creates a run; from then on it is found.
    MlflowRun create(String experiment, TrackedRun run) throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("experiment_id", experiment);
        body.put("run_name", run.name());
        body.put("start_time", run.startedAt().toEpochMilli());
        body.put("tags", pairs(tags(run)));
        return MlflowRun.of(client.post("runs/create", body).required("run"));
    }

    private static Map<String, String> tags(TrackedRun run) {
        Map<String, String> tags = new TreeMap<>();
        run.tags().forEach((name, value) -> tags.put("aerocast." + name, value));
        tags.put(KEY, run.key());
        tags.put(PIPELINE, run.pipeline());
        tags.put(FEATURE, run.feature());
        tags.put(REGISTERED, run.registeredAs());
        tags.put(MODEL, run.model());
        tags.put(REASON, run.reason().label());
        tags.put("aerocast.signal", run.signal());
        tags.put(VERDICT, run.verdict());
        if (run.version() != null) {
            tags.put(VERSION, run.version());
        }
        if (run.champion() != null) {
            tags.put("aerocast.champion", run.champion());
        }
        tags.put("mlflow.note.content", run.note());
        tags.put("mlflow.source.name", "aerocast trainer-service");
        tags.put("mlflow.source.type", "JOB");
        String commit = run.tags().get("commit");
        if (commit != null) {
            tags.put("mlflow.source.git.commit", commit);
        }
        return tags;
    }

    /// Logs parameters and metrics; logging them again changes nothing.
    void logNumbers(MlflowRun logged, TrackedRun run) throws IOException, InterruptedException {
        for (List<Map<String, ?>> parameters : parts(pairs(run.parameters()), MOST_PARAMETERS)) {
            client.post("runs/log-batch", Map.of("run_id", logged.id(), "params", parameters));
        }
        for (List<Metric> metrics : parts(run.metrics(), MOST_METRICS)) {
            List<Map<String, Object>> values =
                    metrics.stream().map(MlflowRuns::metric).toList();
            client.post("runs/log-batch", Map.of("run_id", logged.id(), "metrics", values));
        }
    }

    private static Map<String, Object> metric(Metric metric) {
        return Map.of(
                "key", metric.name(),
                "value", metric.value(),
                "timestamp", metric.at().toEpochMilli(),
                "step", metric.step());
    }

    /// Logs the data of the run as MLflow's datasets.
    void logDatasets(MlflowRun logged, TrackedRun run) throws IOException, InterruptedException {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Data data : run.datasets()) {
            inputs.add(Map.of(
                    "dataset",
                    MlflowDataset.of(run.registeredAs(), data),
                    "tags",
                    pairs(Map.of("mlflow.data.context", data.context()))));
        }
        if (!inputs.isEmpty()) {
            client.post("runs/log-inputs", Map.of("run_id", logged.id(), "datasets", inputs));
        }
    }

    /// Closes a run, which is complete.
    void close(MlflowRun logged, TrackedRun run) throws IOException, InterruptedException {
        client.post(
                "runs/update",
                Map.of(
                        "run_id", logged.id(),
                        "status",
                                switch (run.state()) {
                                    case FINISHED -> "FINISHED";
                                    case FAILED -> "FAILED";
                                },
                        "end_time", run.finishedAt().toEpochMilli()));
    }

    /// The newest runs of AeroCast, newest first.
    List<RunSummary> newest(int most) throws IOException, InterruptedException {
        Collection<String> ours = ours();
        if (ours.isEmpty()) {
            return List.of();
        }
        JsonNode found = client.post(
                "runs/search",
                Map.of(
                        "experiment_ids",
                        ours,
                        "filter",
                        "tags.`%s` != ''".formatted(KEY),
                        "max_results",
                        most,
                        "order_by",
                        List.of("attributes.start_time DESC")));
        return list(found.path("runs")).stream().map(this::summary).toList();
    }

    private Collection<String> ours() throws IOException, InterruptedException {
        JsonNode found = client.post(
                "experiments/search", Map.of("filter", "name LIKE '%s/%%'".formatted(prefix), "max_results", 1000));
        return list(found.path("experiments")).stream()
                .map(experiment -> experiment.required("experiment_id").asString())
                .toList();
    }

    private RunSummary summary(JsonNode run) {
        JsonNode info = run.required("info");
        Map<String, String> tags = new HashMap<>();
        run.path("data")
                .path("tags")
                .forEach(tag -> tags.put(
                        tag.required("key").asString(), tag.path("value").asString("")));
        Map<String, Double> metrics = new HashMap<>();
        run.path("data")
                .path("metrics")
                .forEach(metric -> metrics.put(
                        metric.required("key").asString(),
                        metric.required("value").asDouble()));
        long start = info.required("start_time").asLong();
        return new RunSummary(
                tags.getOrDefault(KEY, ""),
                tags.getOrDefault(PIPELINE, ""),
                tags.getOrDefault(FEATURE, ""),
                tags.getOrDefault(REGISTERED, tags.getOrDefault(PIPELINE, "")),
                tags.getOrDefault(MODEL, ""),
                RetrainReason.of(tags.getOrDefault(REASON, RetrainReason.MANUAL.label())),
                Instant.ofEpochMilli(start),
                Duration.ofMillis(Math.max(0, info.path("end_time").asLong(start) - start)),
                tags.get(VERSION),
                tags.getOrDefault(VERDICT, ""),
                metrics.get(ScoreName.series(Forecaster.CANDIDATE, Measure.RMSE)),
                metrics.get(ScoreName.series(Forecaster.CHAMPION, Measure.RMSE)),
                metrics.get(ScoreName.series(Forecaster.PERSISTENCE, Measure.RMSE)),
                client.page("experiments/%s/runs/%s"
                        .formatted(
                                info.required("experiment_id").asString(),
                                info.required("run_id").asString())));
    }

    /// Names and values in the form of MLflow's requests.
    static List<Map<String, ?>> pairs(Map<String, String> values) {
        List<Map<String, ?>> pairs = new ArrayList<>();
        values.forEach((key, value) -> pairs.add(Map.of("key", key, "value", shortened(value))));
        return pairs;
    }

    /// A text within MLflow's limit of length.
    static String shortened(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE - 1) + "…" : value;
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static <T> List<List<T>> parts(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }
}
