package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.track.TrackedRun.Data;
import io.aerocast.trainer.track.TrackedRun.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Data in the form of MLflow's datasets (`mlflow.entities.Dataset`): name, source and columns.
final class MlflowDataset {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// A digest is at most 36 characters long, a source 65,535 bytes (utils/validation.py, 3.17).
    private static final int DIGEST = 32;

    private static final int LONGEST_SOURCE = 60_000;

    private MlflowDataset() {}

    static Map<String, Object> of(String registeredAs, Data data) {
        return Map.of(
                "name", "%s-%s".formatted(registeredAs, data.context()),
                "digest",
                        data.sha256()
                                .substring(0, Math.min(DIGEST, data.sha256().length())),
                "source_type", "local",
                "source", source(data),
                "schema", schema(data.features()),
                "profile", profile(data));
    }

    /// The files and the offsets in them, by station, or by partition where there are more stations than MLflow
    /// takes.
    private static String source(Data data) {
        String byStation = source(data.uri(), data.sources());
        return byStation.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOURCE
                ? byStation
                : source(data.uri(), byPartition(data.sources()));
    }

    private static String source(String uri, List<Source> sources) {
        return MAPPER.writeValueAsString(Map.of("uri", uri, "observations", sources));
    }

    private static List<Source> byPartition(List<Source> sources) {
        Map<Integer, Source> partitions = new TreeMap<>();
        for (Source source : sources) {
            partitions.merge(
                    source.partition(),
                    new Source("*", source.partition(), source.rows(), source.firstOffset(), source.lastOffset()),
                    (one, other) -> new Source(
                            "*",
                            one.partition(),
                            one.rows() + other.rows(),
                            Math.min(one.firstOffset(), other.firstOffset()),
                            Math.max(one.lastOffset(), other.lastOffset())));
        }
        return List.copyOf(partitions.values());
    }

    private static String schema(List<String> features) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (String feature : features) {
            columns.add(Map.of("name", feature, "type", "double", "required", false));
        }
        return MAPPER.writeValueAsString(Map.of("mlflow_colspec", columns));
    }

    private static String profile(Data data) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("num_rows", data.samples());
        profile.put("from", data.from().toString());
        profile.put("to", data.to().toString());
        profile.put("sha256", data.sha256());
        return MAPPER.writeValueAsString(profile);
    }
}
